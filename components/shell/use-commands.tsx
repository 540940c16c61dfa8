"use client";

import { Bookmark, CalendarDays, FileText, Link2, type LucideIcon, Zap } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTheme } from "next-themes";
import type { PickerGroup, PickerOption } from "@/components/ui/picker";
import { signOut } from "@/lib/access/actions";
import { withoutProblem, withParam, withValue } from "@/lib/query/address";
import type { FoundLink } from "@/lib/query/answer/links";
import { withoutConditions } from "@/lib/query/edit";
import { hrefTo } from "@/lib/query/query-string";
import { filtersFromParams } from "@/lib/query/search-params";
import { type SavedView, viewHref } from "@/lib/views/view";
import { carried, isRanged, linkOfPath, PAGES, type RangeChoice } from "./pages";

type Close = () => void;

const icon = (Icon: LucideIcon) => <Icon aria-hidden className="size-4 shrink-0 text-muted" />;

/** What the palette offers on the page where it was opened. Everything closes it first. */
export function useCommands(ranges: RangeChoice[], views: SavedView[], onKeys: () => void) {
  const router = useRouter();
  const path = usePathname();
  const params = new URLSearchParams(useSearchParams());
  const { resolvedTheme, setTheme } = useTheme();
  const ranged = isRanged(path);

  const option = (text: string, Icon: LucideIcon, note: string | null, run: () => void) => (close: Close) => ({
    id: `${text} ${note ?? ""}`,
    text,
    note,
    icon: icon(Icon),
    onChoose: () => {
      close();
      run();
    },
  });
  const goTo = (text: string, Icon: LucideIcon, note: string | null, href: string) =>
    option(text, Icon, note, () => router.push(href));

  const pages = PAGES.map(({ href, label }) => goTo(label, FileText, null, hrefTo(href, carried(params))));
  const inRange = ranges.map(({ interval, words }) => {
    const next = withParam(ranged ? params : carried(params), "interval", interval);
    return goTo(words, CalendarDays, null, hrefTo(ranged ? path : "/", next));
  });
  const kept = views.map((view) => goTo(view.name, Bookmark, view.own ? null : "shared", viewHref(view)));

  const { problems } = filtersFromParams(params, new Date());
  const cleared = problems.reduce(withoutProblem, withoutConditions(params));
  const link = linkOfPath(path);
  const exported = link === null ? params : withValue(params, "linkId", decodeURIComponent(link));
  const actions = [
    ...(ranged
      ? [
          option("Export all as CSV", Zap, "ZIP", () =>
            window.location.assign(hrefTo("/api/export/all.zip", exported)),
          ),
          option("Copy the address", Zap, null, () => void navigator.clipboard.writeText(window.location.href)),
        ]
      : []),
    ...(cleared.size < params.size
      ? [option("Clear all filters", Zap, "Esc", () => router.push(hrefTo(path, cleared)))]
      : []),
    option("Switch between light and dark", Zap, null, () => setTheme(resolvedTheme === "dark" ? "light" : "dark")),
    option("Show all keys", Zap, "?", onKeys),
    option("Sign out", Zap, null, () => void signOut()),
  ];

  return {
    toLink: ({ id, shortLink, title }: FoundLink, close: Close): PickerOption => ({
      ...goTo(
        shortLink?.replace(/^https?:\/\//, "") ?? id,
        Link2,
        title,
        hrefTo(`/links/${encodeURIComponent(id)}`, carried(params)),
      )(close),
      id,
    }),
    groups: (close: Close): PickerGroup[] => [
      { title: "Pages", options: pages.map((make) => make(close)) },
      { title: "Views", options: kept.map((make, at) => ({ ...make(close), id: views[at]?.id ?? String(at) })) },
      { title: "Ranges", options: inRange.map((make) => make(close)) },
      { title: "Actions", options: actions.map((make) => make(close)) },
    ],
  };
}
