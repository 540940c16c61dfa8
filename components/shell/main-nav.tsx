"use client";

import { ChartLine, Inbox, LayoutDashboard, Link2, List } from "lucide-react";
import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { Shortcuts } from "@/components/ui/use-shortcut";
import { usePowers } from "@/components/views/powers";
import { hrefTo } from "@/lib/question/codec/query-string";
import { carried, PAGES, type Page, seenPages } from "./pages";

const KEYS = PAGES.flatMap(({ key }) => key ?? []);

const ICONS = { "/": LayoutDashboard, "/links": Link2, "/events": List, "/compare": ChartLine, "/deliveries": Inbox };

type NavLinkProps = { page: Page; own: readonly string[]; icon?: ReactNode };

/** One entry of the main navigation; carries the question along. */
function NavLink({ page: { href, label, key }, own, icon }: NavLinkProps) {
  const pathname = usePathname();
  const kept = carried(new URLSearchParams(useSearchParams()), pathname, href, own);
  const active = href === "/" ? pathname === "/" : pathname.startsWith(href);
  return (
    <Link
      href={hrefTo(href, kept)}
      aria-current={active ? "page" : undefined}
      aria-keyshortcuts={icon ? undefined : (key ?? undefined)}
      className={icon ? "page-link-below" : "page-link"}
    >
      {icon}
      {label}
    </Link>
  );
}

/** `own`: names of the parameters that say how pages show something. */
type Props = { own: readonly string[] };

/** The main navigation, in the header. */
export function MainNav({ own }: Props) {
  return (
    <nav aria-label="Main" className="flex min-w-0 gap-1 max-sm:hidden">
      <Shortcuts keys={KEYS} />
      {seenPages(PAGES, usePowers()).map((page) => (
        <NavLink key={page.href} page={page} own={own} />
      ))}
    </nav>
  );
}

/** The main navigation of a phone, at the bottom of the screen. */
export function BottomNav({ own }: Props) {
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-20 flex border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden print:hidden"
    >
      {seenPages(PAGES, usePowers()).map((page) => {
        const Icon = ICONS[page.href];
        return <NavLink key={page.href} page={page} own={own} icon={<Icon aria-hidden className="size-5" />} />;
      })}
    </nav>
  );
}
