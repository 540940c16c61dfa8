"use client";

import { Bookmark, CalendarDays, FileText, Link2, ListFilter, type LucideIcon, Zap } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { signOut } from "@/components/access/sign-out-form";
import { type FoundValues, shownValues } from "@/components/filters/found-values";
import { Dialog, useCloseDialog } from "@/components/ui/dialog";
import { Picker, type PickerGroup } from "@/components/ui/picker";
import { Asking, useJson } from "@/components/ui/use-json";
import { download } from "@/components/views/downloads";
import { usePowers } from "@/components/views/powers";
import { linkHref } from "@/components/views/view";
import { type SavedView, viewHref } from "@/lib/account/views/view";
import { THEMES } from "@/lib/base/theme";
import { DIMENSIONS, inSentence } from "@/lib/click/dimensions";
import { linkName } from "@/lib/click/link-name";
import type { FoundLink } from "@/lib/question/answer-types";
import { endpointOfPath, OWN_PARAMETERS, questionOf } from "@/lib/question/codec/parameters";
import { hrefTo } from "@/lib/question/codec/query-string";
import { filtersFromParams } from "@/lib/question/codec/read";
import { withCondition, withoutConditions, withoutProblem, withParam, withValue } from "@/lib/question/codec/write";
import { INTERVAL_WORDS } from "@/lib/question/presets";
import { INTERVALS } from "@/lib/question/question";
import { carried, isRanged, linkOfPath, OTHER_PAGES, PAGES, seenPages } from "./pages";
import { chooseTheme, THEME_WORDS, useTheme } from "./theme-menu";

type Make = { words: string; icon: LucideIcon; note?: string | null; id?: string };
type CommandsProps = { onKeys: () => void };

/** An entry matches if its text or its group's contains every word of the query. */
function matching(groups: PickerGroup[], query: string): PickerGroup[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  return groups.map(({ title, options }) => ({
    title,
    options: options.filter((option) => wanted.every((word) => `${title} ${option.text}`.toLowerCase().includes(word))),
  }));
}

const isNamed = ({ shortLink, title }: FoundLink, query: string) =>
  `${shortLink} ${title}`.toLowerCase().includes(query.trim().toLowerCase());

/** Actions of the current page. The palette closes first. */
function Commands({ onKeys }: CommandsProps) {
  const [query, setQuery] = useState("");
  const views = useJson<{ views: SavedView[] }>("/api/views");
  const links = useJson<{ links: FoundLink[] }>(`/api/links?${new URLSearchParams({ search: query.trim() })}`, 150);
  const search = query.trim().toLowerCase();
  const router = useRouter();
  const path = usePathname();
  const params = new URLSearchParams(useSearchParams());
  const theme = useTheme();
  const powers = usePowers();
  const close = useCloseDialog();
  const ranged = isRanged(path);
  const { problems } = filtersFromParams(params, new Date(), endpointOfPath(path));
  const link = linkOfPath(path);
  /** The question, on a link's page of that link. */
  const ofLink = (question: URLSearchParams) =>
    link === null ? question : withValue(question, "linkId", decodeURIComponent(link));
  /** The page whose question the palette changes, and that question, as far as it is valid. */
  const [target, current] = ranged ? [path, params] : ["/", carried(params, path, "/", OWN_PARAMETERS)];
  const asked = problems.reduce(withoutProblem, current);
  const values = useJson<FoundValues>(
    search === "" ? null : hrefTo("/api/values", withParam(ofLink(questionOf(asked, target)), "search", search)),
    180,
  );

  const option = ({ words, icon: Icon, note = null, id = `${words} ${note ?? ""}` }: Make, run: () => void) => ({
    id,
    text: words,
    note,
    icon: <Icon aria-hidden className="size-4 shrink-0 text-muted" />,
    onChoose: () => {
      close();
      run();
    },
  });
  const goTo = (made: Make, href: string) => option(made, () => router.push(href));
  const action = (words: string, run: () => void, note?: string) =>
    option({ words, icon: Zap, note: note ?? null }, run);

  const pages = seenPages([...PAGES, ...OTHER_PAGES], powers).map(({ href, label }) =>
    goTo({ words: label, icon: FileText }, hrefTo(href, carried(params, path, href, OWN_PARAMETERS))),
  );
  const inRange = INTERVALS.map((interval) =>
    goTo(
      { words: INTERVAL_WORDS[interval], icon: CalendarDays },
      hrefTo(target, withParam(asked, "interval", interval)),
    ),
  );
  const kept = (views.data?.views ?? []).map((view) =>
    goTo({ words: view.name, icon: Bookmark, note: view.own ? null : "shared", id: view.id }, viewHref(view)),
  );

  const cleared = problems.reduce(withoutProblem, withoutConditions(params));
  const exported = ofLink(questionOf(params, path));
  const exports = [
    action("Export all as CSV", () => download(hrefTo("/api/export/all.zip", exported)), "ZIP"),
    ...["CSV", "NDJSON", "Parquet"].map((format) =>
      action(
        `Export all clicks as ${format}`,
        () => download(hrefTo(`/api/export/events.${format.toLowerCase()}`, exported)),
        format,
      ),
    ),
    ...DIMENSIONS.map(({ plural, groupBy }) =>
      action(
        `Export ${inSentence(plural)} as CSV`,
        () => download(hrefTo(`/api/export/${groupBy}.csv`, exported)),
        "CSV",
      ),
    ),
  ];
  const ofRange = [
    ...(powers.includes("export") ? exports : []),
    action("Copy page URL", () => void navigator.clipboard.writeText(window.location.href)),
  ];
  const actions = [
    ...(ranged ? ofRange : []),
    ...(cleared.size < params.size ? [action("Clear all filters", () => router.push(hrefTo(path, cleared)))] : []),
    ...THEMES.filter((other) => other !== theme).map((other) =>
      action(other === "system" ? "System theme" : `${THEME_WORDS[other]} theme`, () => chooseTheme(other)),
    ),
    action("Show keyboard shortcuts", onKeys, "?"),
    action("Sign out", signOut),
  ];

  const fixed = [
    { title: "Pages", options: pages },
    { title: "Views", options: kept },
    { title: "Ranges", options: inRange },
    { title: "Actions", options: actions },
  ];
  const found = {
    title: "Links",
    // Until the answer arrives, the previous results that still match are shown.
    options: (links.data?.links ?? [])
      .filter((link) => !links.loading || isNamed(link, query))
      .map(({ id, shortLink, title }) =>
        goTo(
          { words: linkName(id, { shortLink }), icon: Link2, note: title, id },
          linkHref(id, withParam(carried(params, path, "/", OWN_PARAMETERS), "linkId", null)),
        ),
      ),
  };
  const filtered = shownValues(values, search, link !== null).map(({ field, label, rows }) => ({
    title: `${label} is`,
    options: rows.map((row) =>
      goTo(
        { words: row.text, icon: ListFilter, note: row.count, id: JSON.stringify([field, row.value, row.note]) },
        hrefTo(target, withCondition(asked, { field, op: "is", values: [row.value] }, null)),
      ),
    ),
  }));
  // With an empty search, pages and ranges come first; otherwise links do.
  const groups = search === "" ? [...fixed, found] : [found, ...matching(fixed, query), ...filtered];
  const shown = groups.filter(({ options }) => options.length > 0);
  return (
    <Picker
      label="Search links, values, pages, ranges, views and actions"
      placeholder="Go to a link, a value, a page, a range …"
      query={query}
      onQuery={setQuery}
      groups={shown}
      status={
        <Asking
          loading={(links.loading || values.loading) && shown.length === 0}
          error={links.error ?? values.error ?? views.error}
          empty={shown.length === 0 ? "No results." : null}
          onAgain={links.error ? links.again : values.error ? values.again : views.again}
        />
      }
    />
  );
}

/** The command palette: links, values to filter by, pages, ranges, saved views and actions. */
export function Palette({ onClose, ...props }: CommandsProps & { onClose: () => void }) {
  return (
    <Dialog label="Go to anything" width={560} onClose={onClose}>
      <Commands {...props} />
    </Dialog>
  );
}
