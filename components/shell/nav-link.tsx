"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";

/** What stays when somebody moves to another page: the span, the zone and the view of bots. Filters do not. */
const CARRIED = ["interval", "start", "end", "timezone", "bots"];

/** One entry of the main navigation; carries the range along. */
export function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const pathname = usePathname();
  const current = useSearchParams();
  const carried = new URLSearchParams();
  for (const name of CARRIED) {
    const value = current.get(name);
    if (value) carried.set(name, value);
  }
  const active = href === "/" ? pathname === "/" : pathname.startsWith(href);
  return (
    <Link
      href={carried.size > 0 ? `${href}?${carried}` : href}
      prefetch={false}
      aria-current={active ? "page" : undefined}
      className="rounded-lg px-2 py-2 font-medium text-muted hover:text-ink aria-[current=page]:bg-raised aria-[current=page]:text-ink sm:px-3"
    >
      {children}
    </Link>
  );
}
