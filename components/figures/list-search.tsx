"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { Pending } from "@/components/ui/pending";
import { SearchBox } from "@/components/ui/search-form";

const PAUSE_MS = 200;

/** Searches a list while typing. `base` is the URL of the list without a search. */
export function ListSearch({ label, find, base }: { label: string; find: string; base: string }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [query, setQuery] = useState(find);
  useEffect(() => {
    if (query.trim() === find) return;
    const timer = setTimeout(() => {
      const url = new URL(base, window.location.origin);
      if (query.trim()) url.searchParams.set("find", query.trim());
      startTransition(() => router.replace(`${url.pathname}${url.search}`, { scroll: false }));
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [query, find, base, router]);
  return (
    <SearchBox
      type="search"
      label={label}
      placeholder="Search"
      value={query}
      onQuery={setQuery}
      box="h-10 rounded-lg border border-strong-line px-3 has-focus-visible:outline-2 has-focus-visible:outline-accent"
    >
      {pending && <Pending />}
    </SearchBox>
  );
}
