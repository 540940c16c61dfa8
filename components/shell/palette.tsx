"use client";

import { Bookmark, CalendarDays, FileText, Link2, type LucideIcon, Zap } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { signOut } from "@/components/access/sign-out-form";
import { CloseButton, Dialog } from "@/components/ui/dialog";
import { Picker, type PickerGroup, type PickerOption } from "@/components/ui/picker";
import { Asking, useJson } from "@/components/ui/use-json";
import { type SavedView, viewHref } from "@/lib/account/views/view";
import { THEMES } from "@/lib/base/theme";
import { linkName } from "@/lib/click/link-name";
import type { FoundLink } from "@/lib/question/answers";
import { endpointOfPath, questionOf } from "@/lib/question/codec/parameters";
import { hrefTo } from "@/lib/question/codec/query-string";
import { filtersFromParams } from "@/lib/question/codec/read";
import { withoutConditions, withoutProblem, withParam, withValue } from "@/lib/question/codec/write";
import { carried, isRanged, linkOfPath, OTHER_PAGES, PAGES, type RangeChoice } from "./pages";
import { chooseTheme, THEME_WORDS, useTheme } from "./theme-menu";

type Close = () => void;

const icon = (Icon: LucideIcon) => <Icon aria-hidden className="size-4 shrink-0 text-muted" />;

/** What the palette offers on the page where it was opened. Everything closes it first. */
function useCommands(ranges: RangeChoice[], views: SavedView[], onKeys: () => void) {
  const router = useRouter();
  const path = usePathname();
  const params = new URLSearchParams(useSearchParams());
  const theme = useTheme();
  const ranged = isRanged(path);

  const option = (words: string, Icon: LucideIcon, note: string | null, run: () => void) => (close: Close) => ({
    id: `${words} ${note ?? ""}`,
    text: words,
    note,
    icon: icon(Icon),
    onChoose: () => {
      close();
      run();
    },
  });
  const goTo = (words: string, Icon: LucideIcon, note: string | null, href: string) =>
    option(words, Icon, note, () => router.push(href));

  const pages = [...PAGES, ...OTHER_PAGES].map(({ href, label }) =>
    goTo(label, FileText, null, hrefTo(href, carried(params))),
  );
  const inRange = ranges.map(({ interval, words }) => {
    const next = withParam(ranged ? params : carried(params), "interval", interval);
    return goTo(words, CalendarDays, null, hrefTo(ranged ? path : "/", next));
  });
  const kept = views.map((view) => goTo(view.name, Bookmark, view.own ? null : "shared", viewHref(view)));

  const { problems } = filtersFromParams(params, new Date(), endpointOfPath(path));
  const cleared = problems.reduce(withoutProblem, withoutConditions(params));
  const link = linkOfPath(path);
  const question = questionOf(params, path);
  const exported = link === null ? question : withValue(question, "linkId", decodeURIComponent(link));
  const actions = [
    ...(ranged
      ? [
          option("Export all as CSV", Zap, "ZIP", () =>
            window.location.assign(hrefTo("/api/export/all.zip", exported)),
          ),
          option("Copy page URL", Zap, null, () => void navigator.clipboard.writeText(window.location.href)),
        ]
      : []),
    ...(cleared.size < params.size
      ? [option("Clear all filters", Zap, "Esc", () => router.push(hrefTo(path, cleared)))]
      : []),
    ...THEMES.filter((other) => other !== theme).map((other) =>
      option(other === "system" ? "System theme" : `${THEME_WORDS[other]} theme`, Zap, null, () => chooseTheme(other)),
    ),
    option("Show keyboard shortcuts", Zap, "?", onKeys),
    option("Sign out", Zap, null, signOut),
  ];

  return {
    toLink: ({ id, shortLink, title }: FoundLink, close: Close): PickerOption => ({
      ...goTo(
        linkName(id, { shortLink }),
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

type Props = { ranges: RangeChoice[]; onKeys: () => void; onClose: () => void };

/** Groups with only the entries that have every word of the query in theirs. */
function matching(groups: PickerGroup[], query: string): PickerGroup[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  return groups.map(({ title, options }) => ({
    title,
    options: options.filter((option) => wanted.every((word) => `${title} ${option.text}`.toLowerCase().includes(word))),
  }));
}

const isNamed = ({ shortLink, title }: FoundLink, query: string) =>
  `${shortLink} ${title}`.toLowerCase().includes(query.trim().toLowerCase());

/** Goes to a link, a page, a range or a saved view, and does what the page can do, by a few letters of its name. */
export function Palette({ ranges, onKeys, onClose }: Props) {
  const [query, setQuery] = useState("");
  const views = useJson<{ views: SavedView[] }>("/api/views");
  const links = useJson<{ links: FoundLink[] }>(`/api/links?${new URLSearchParams({ search: query.trim() })}`, 150);
  const commands = useCommands(ranges, views.data?.views ?? [], onKeys);
  return (
    <Dialog label="Go to anything" width={560} onClose={onClose}>
      {(close) => {
        const fixed = matching(commands.groups(close), query);
        const found = {
          title: "Links",
          // Until an answer is there, what the last one found is shown as far as it fits.
          options: (links.data?.links ?? [])
            .filter((link) => !links.loading || isNamed(link, query))
            .map((link) => commands.toLink(link, close)),
        };
        // With an empty search, pages and ranges come first; otherwise links do.
        const groups = query.trim() === "" ? [...fixed, found] : [found, ...fixed];
        const shown = groups.filter(({ options }) => options.length > 0);
        return (
          <Picker
            label="Search links, pages, ranges, views and actions"
            placeholder="Go to a link, a page, a range …"
            query={query}
            onQuery={setQuery}
            groups={shown}
            action={<CloseButton onClose={close} />}
            status={
              <Asking
                loading={links.loading && shown.length === 0}
                error={links.error ?? views.error}
                empty={shown.length === 0 ? "No results." : null}
                onAgain={links.error ? links.again : views.again}
              />
            }
          />
        );
      }}
    </Dialog>
  );
}
