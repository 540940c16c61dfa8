import "server-only";
import type { z } from "zod";
import { DubTag, linkObject } from "@/lib/api/dub/link";
import { type AnalyticsQuery, filtersOf, type Grouping, seriesFilters } from "@/lib/api/dub/query";
import { dubTime } from "@/lib/api/dub/time";
import { type DimensionKey, dimension } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import type { BreakdownRow, Series } from "@/lib/question/answer-types";
import { ALL_ROWS, type Filters, question, type Scope } from "@/lib/question/question";

type Query = z.output<typeof AnalyticsQuery>;

/** What Dub counts. Footfall receives clicks, so the others are 0; amounts are in cents. */
const metrics = (clicks: number) => ({ clicks, leads: 0, sales: 0, saleAmount: 0 });

/** Dimensions by grouping; the others are answered otherwise. */
const DIMENSION_OF: Partial<Record<Grouping, DimensionKey>> = {
  ...{ continents: "continent", regions: "region", countries: "country", cities: "city" },
  ...{ devices: "device", browsers: "browser", os: "os", trigger: "trigger", triggers: "trigger" },
  ...{ referers: "referer", referer_urls: "refererUrl", top_urls: "url", top_base_urls: "baseUrl" },
  ...{ top_folders: "folderId", top_link_tags: "tagId", top_domains: "domain", top_links: "linkId" },
  ...{ utm_sources: "utm_source", utm_mediums: "utm_medium", utm_campaigns: "utm_campaign" },
  ...{ utm_terms: "utm_term", utm_contents: "utm_content" },
};

/** Rows without one of these values are kept: Dub counts direct visits, too. */
const KEPT_NONE = "(direct)";

/** Dub's closed lists. Its SDK refuses a whole answer with another value. */
const CLOSED: Partial<Record<DimensionKey, readonly string[]>> = {
  continent: ["AF", "AN", "AS", "EU", "NA", "OC", "SA"],
  trigger: ["link", "qr", "pageview", "deeplink"],
};

/** A region as Dub writes it: with its country. */
export const dubRegion = (region: string | null): string => {
  if (region === null) return "Unknown";
  return region.includes("-") ? region : `Unknown-${region}`;
};

const countryOf = (region: string): string => region.replace(/-.*/s, "");

/** The fields that name a row. */
function nameOf(key: DimensionKey, { value, place, name, color }: BreakdownRow): object {
  const none = dimension(key).none;
  if (key === "country") return { country: value ?? none, region: "*", city: "*" };
  if (key === "region") {
    const region = dubRegion(value);
    return { country: countryOf(region), region, city: "*" };
  }
  if (key === "city")
    return { country: place?.country ?? none, region: dubRegion(place?.region ?? null), city: value ?? none };
  if (key === "folderId")
    return { folderId: value ?? none, folder: { id: value ?? none, name: name ?? value ?? none } };
  if (key === "tagId")
    return { tagId: value ?? none, tag: DubTag.parse({ id: value ?? none, name: name ?? value ?? none, color }) };
  return { [key === "baseUrl" ? "url" : key]: value ?? none };
}

/** Whether a row is in Dub's answer. */
function isListed(key: DimensionKey, { value }: BreakdownRow, unknown: Query["unknown"]): boolean {
  if (unknown === "include") return true;
  return value !== null || dimension(key).none === KEPT_NONE;
}

async function breakdownRows(scope: Scope, filters: Filters, key: DimensionKey, { unknown, limit }: Query) {
  // Cities without a name are many rows, one for each place; other fields have one.
  const conditions =
    key === "city" && unknown === "exclude"
      ? [...filters.conditions, { field: key, op: "isNot" as const, values: [null] }]
      : filters.conditions;
  const only = unknown === "exclude" ? (CLOSED[key] ?? null) : null;
  const asked = { kind: "breakdown", key, rows: { ...ALL_ROWS, only, limit: limit + 1 } } as const;
  const { rows } = await answer(question(scope, asked, { ...filters, conditions }));
  return rows.filter((row) => row.clicks > 0 && isListed(key, row, unknown)).slice(0, limit);
}

/** Link objects are large, and most of them isn't told here. */
const LINKS_AT_ONCE = 500;

async function topLinks(scope: Scope, rows: readonly BreakdownRow[]): Promise<object[]> {
  const told: object[] = [];
  for (let start = 0; start < rows.length; start += LINKS_AT_ONCE) {
    const some = rows.slice(start, start + LINKS_AT_ONCE);
    const ids = some.flatMap(({ value }) => value ?? []);
    const payloads = await answer(question(scope, { kind: "linkPayloads", ids }));
    for (const { value, link, clicks } of some) {
      const { id, domain, key, shortLink, url, title, comments, folderId, partnerId, createdAt } = linkObject(
        value ?? "",
        link ?? null,
        payloads.get(value ?? ""),
      );
      const named = { link: id, id, domain, key, shortLink, url, title, comments, folderId, partnerId, createdAt };
      told.push({ ...named, ...metrics(clicks) });
    }
  }
  return told;
}

/** Clicks by the partner of their link, whose names Dub doesn't send. */
async function topPartners(scope: Scope, filters: Filters, { unknown, limit }: Query): Promise<object[]> {
  const asked = { kind: "values", field: "partnerId", search: null, limit: limit + 1 } as const;
  const { rows } = await answer(question(scope, asked, filters));
  return rows
    .filter(({ value, clicks }) => clicks > 0 && (value !== null || unknown === "include"))
    .slice(0, limit)
    .map(({ value, clicks }) => {
      const id = value ?? "Unknown";
      return { partnerId: id, partner: { id, name: id, image: null }, ...metrics(clicks) };
    });
}

async function timeseries(scope: Scope, filters: Filters): Promise<object[]> {
  const first = filters.range.from ?? (await answer(question(scope, { kind: "firstClick" })));
  if (!first) return [];
  const series: Series = await answer(question(scope, { kind: "series" }, seriesFilters(filters, first)));
  return series.points.map(({ start, clicks }) => ({ start: dubTime(start, series), ...metrics(clicks) }));
}

async function clicksBy(scope: Scope, filters: Filters, query: Query): Promise<unknown> {
  const { groupBy } = query;
  if (groupBy === "count") return metrics((await answer(question(scope, { kind: "totals" }, filters))).clicks);
  if (groupBy === "timeseries") return timeseries(scope, filters);
  if (groupBy === "top_partners") return topPartners(scope, filters, query);
  const key = DIMENSION_OF[groupBy];
  // Groups of partners, their tags, and events of conversions: clicks tell none of them.
  if (key === undefined) return [];
  const rows = await breakdownRows(scope, filters, key, query);
  if (key === "linkId") return topLinks(scope, rows);
  return rows.map((row) => ({ ...nameOf(key, row), ...metrics(row.clicks) }));
}

/**
 * Answers `GET /api/analytics` in Dub's shapes: an object for `count`, else rows with the most clicks first, or in time.
 * Leads and sales are 0: a breakdown of them has no rows.
 *
 * @throws AppError when a parameter can't be read
 */
export async function dubAnalytics(scope: Scope, query: Query, now: Date): Promise<unknown> {
  const filters = filtersOf(query, now);
  if (query.event === "clicks" || query.event === "composite") return clicksBy(scope, filters, query);
  if (query.groupBy === "count") return metrics(0);
  if (query.groupBy !== "timeseries") return [];
  return (await timeseries(scope, filters)).map((point) => ({ ...point, ...metrics(0) }));
}
