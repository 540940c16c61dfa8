"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { Pending } from "@/components/ui/pending";

const PAUSE_MS = 200;

type Props = { label: string; placeholder: string; find: string; base: string };

/** Searches a list while typing. `base` is the URL of the list without a search. */
export function ListSearch({ label, placeholder, find, base }: Props) {
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
    <div className="flex h-10 items-center gap-2.5 rounded-lg border border-strong-line px-3 has-focus-visible:outline-2 has-focus-visible:outline-accent">
      <Search aria-hidden className="size-4 shrink-0 text-muted" />
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        className="min-w-0 flex-1 bg-transparent outline-none placeholder:text-muted max-sm:text-base"
      />
      {pending && <Pending />}
    </div>
  );
}
