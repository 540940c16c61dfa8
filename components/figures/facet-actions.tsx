"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { showPreview } from "@/components/charts/preview";
import { Link } from "@/components/ui/link";
import type { DimensionKey } from "@/lib/click/dimensions";
import { canAdd, choiceOf, hasOwn, withMore, withoutOwnParams } from "@/lib/question/codec/facets";
import { hrefTo, queryString } from "@/lib/question/codec/query-string";
import { filtersFromParams } from "@/lib/question/codec/read";
import { withCity, withValue } from "@/lib/question/codec/write";
import type { FacetRow } from "./facet-rows";

type ActionProps = { href: string; "aria-label": string; title: string; children: string };

function Action(props: ActionProps) {
  const look = "grid h-7 place-items-center rounded-md border border-line bg-surface px-2 text-muted text-xs";
  return <Link {...props} scroll={props.href.startsWith("/events")} className={`${look} hover:text-ink`} />;
}

/** How long the pointer rests on a row before its preview is asked for. */
const REST_MS = 250;

type PreviewedSeries = { granularity: string; points: { start: number; clicks: number }[] };

async function ask(query: string, groupBy: string, signal: AbortSignal): Promise<unknown> {
  const params = new URLSearchParams(query);
  params.set("groupBy", groupBy);
  const response = await fetch(`/api/v1/analytics?${queryString(params)}`, { signal });
  return response.ok ? response.json() : null;
}

/** Shows what the total and the chart would become, as long as the pointer rests on the row. */
function usePreviewOf(query: string | null, text: string): void {
  useEffect(() => {
    const canHover = window.matchMedia("(hover: hover) and (prefers-reduced-motion: no-preference)").matches;
    if (query === null || !canHover) return;
    const leaving = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const [totals, series] = (await Promise.all(
          ["count", "timeseries"].map((groupBy) => ask(query, groupBy, leaving.signal)),
        )) as [{ clicks: number } | null, PreviewedSeries | null];
        if (!totals || leaving.signal.aborted) return;
        const { granularity = "", points = [] } = series ?? {};
        const drawn = new Map(points.map(({ start, clicks }) => [start, clicks]));
        showPreview({ text, clicks: totals.clicks, granularity, points: drawn });
      } catch {
        // Left meanwhile, or offline: a preview isn't needed.
      }
    }, REST_MS);
    return () => {
      leaving.abort();
      clearTimeout(timer);
      showPreview(null);
    };
  }, [query, text]);
}

/** Where a row leads that adds its value to those chosen on the page `from`; null where it can't be added. */
export function addHref({ value, place }: FacetRow, dimension: DimensionKey, from: string): string | null {
  const { pathname, searchParams } = new URL(from, window.location.href);
  const filters = filtersFromParams(searchParams, new Date());
  if (place || choiceOf(filters, dimension, value) !== null) return null;
  if (!canAdd(filters, dimension) && hasOwn(filters, dimension)) return null;
  return hrefTo(pathname, withMore(searchParams, dimension, "is", value));
}

type Props = { row: FacetRow; dimension: DimensionKey; query: string | null };

/**
 * Adds a row's value to those chosen, excludes it, or leads to its clicks; previews the value while the pointer rests on
 * the row.
 */
export function FacetActions({ row: { value, text, place }, dimension, query }: Props) {
  const path = usePathname();
  const params = new URLSearchParams(useSearchParams());
  const filters = filtersFromParams(params, new Date());
  const choice = choiceOf(filters, dimension, value);
  const asked = new URLSearchParams(query ?? "");
  const cleared = withoutOwnParams(asked, dimension);
  const chosen = place ? withCity(cleared, { ...place, city: value }) : withValue(cleared, dimension, value);
  chosen.delete("groupBy");
  usePreviewOf(choice || place || query === null ? null : queryString(chosen), text);
  const isOpen = choice === null && !place;
  const more = (op: "is" | "isNot") => hrefTo(path, withMore(params, dimension, op, value));
  // Left of the numbers, of the change, and of the arrow to a link's page.
  const right = 7.5 + (asked.has("compare") ? 4 : 0) + (dimension === "linkId" ? 2 : 0);
  return (
    <span className="absolute z-10 flex gap-1 max-sm:hidden print:hidden" style={{ right: `${right}rem` }}>
      {isOpen && canAdd(filters, dimension) && (
        <Action href={more("is")} aria-label={`Add ${text}`} title="Add to the filter (Shift and click)">
          +
        </Action>
      )}
      {isOpen && (
        <Action href={more("isNot")} aria-label={`Exclude ${text}`} title="Exclude these clicks">
          not
        </Action>
      )}
      {query !== null && (
        <Action href={hrefTo("/events", chosen)} aria-label={`See clicks: ${text}`} title="See these clicks">
          clicks
        </Action>
      )}
    </span>
  );
}
