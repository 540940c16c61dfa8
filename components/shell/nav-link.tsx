"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { LinkPending } from "@/components/ui/pending";
import { hrefTo } from "@/lib/question/codec/query-string";
import { carried } from "./pages";

/** One entry of the main navigation; carries the range along. */
export function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const pathname = usePathname();
  const kept = carried(new URLSearchParams(useSearchParams()));
  const active = href === "/" ? pathname === "/" : pathname.startsWith(href);
  return (
    <Link
      href={hrefTo(href, kept)}
      prefetch={false}
      aria-current={active ? "page" : undefined}
      className="rounded-lg px-1.5 py-2 sm:px-3 font-medium text-muted hover:text-ink aria-[current=page]:bg-raised aria-[current=page]:text-ink"
    >
      {children}
      <LinkPending />
    </Link>
  );
}
