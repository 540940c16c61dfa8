import "server-only";
import { z } from "zod";
import type { Viewer } from "@/lib/access/viewer";
import { db } from "@/lib/db";
import type { DimensionKey } from "@/lib/dimensions";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { Breakdown, LinkPage, LinkSummary, Series } from "@/lib/query/answers";
import type { Filters } from "@/lib/query/filters";
import { resolveLinks } from "@/lib/query/link-ids";
import { type LinkSort, linkSummaries, listLinks } from "@/lib/query/links";
import { planBreakdown, planSeries, planTotals } from "@/lib/query/plan";
import { emptySeries, seriesOf } from "@/lib/query/series";
import { breakdownSql, type LinkIds, slotsSql, totalsSql } from "@/lib/query/sql";

// Whoever is signed in may read everything; each answer still asks for the viewer, so that roles have a place.

const TotalsRow = z.object({ clicks: z.int() });
const SlotRow = z.object({ slot: z.int(), clicks: z.int() });
const BreakdownRow = z.object({ value: z.string().nullable(), clicks: z.int(), total: z.int(), row_count: z.int() });
const CityRow = BreakdownRow.extend({ country: z.string().nullable(), region: z.string().nullable() });

async function ask<Row extends z.ZodType>(row: Row, sql: Prisma.Sql): Promise<z.infer<Row>[]> {
  return z.array(row).parse(await db().$queryRaw(sql));
}

/** How many clicks. */
export async function answerTotals(_viewer: Viewer, filters: Filters): Promise<{ clicks: number }> {
  if (filters.problems.length > 0) return { clicks: 0 };
  const plan = planTotals(filters);
  const [row] = await ask(TotalsRow, totalsSql(plan, await resolveLinks(plan.linkMatches)));
  return { clicks: row?.clicks ?? 0 };
}

/**
 * Clicks over time.
 *
 * @throws AppError when the granularity asked for is too fine for the range
 */
export async function answerSeries(_viewer: Viewer, filters: Filters): Promise<Series> {
  if (filters.problems.length > 0) return emptySeries(filters.zone, filters.granularity);
  const plan = planSeries(filters);
  return seriesOf(filters, await ask(SlotRow, slotsSql(plan, await resolveLinks(plan.linkMatches))));
}

/** Clicks by one dimension, the first `limit` rows of it or all. */
export async function answerBreakdown(
  _viewer: Viewer,
  filters: Filters,
  key: DimensionKey,
  limit: number | null,
): Promise<Breakdown> {
  if (filters.problems.length > 0) return { rows: [], rowCount: 0, total: 0 };
  const plan = planBreakdown(filters, key, limit);
  const sql = breakdownSql(plan, await resolveLinks(plan.linkMatches));
  if (key === "city") {
    const cities = await ask(CityRow, sql);
    return breakdownOf(
      cities,
      cities.map(({ value, clicks, country, region }) => ({ value, clicks, place: { country, region } })),
    );
  }
  const groups = await ask(BreakdownRow, sql);
  const rows = groups.map(({ value, clicks }) => ({ value, clicks }));
  return breakdownOf(groups, key === "linkId" ? await withLinks(rows) : rows);
}

function breakdownOf(groups: z.infer<typeof BreakdownRow>[], rows: Breakdown["rows"]): Breakdown {
  return { rows, rowCount: groups[0]?.row_count ?? 0, total: groups[0]?.total ?? 0 };
}

async function withLinks(rows: Breakdown["rows"]): Promise<Breakdown["rows"]> {
  const links = await linkSummaries(rows.flatMap(({ value }) => value ?? []));
  return rows.map((row) => {
    const link = row.value === null ? undefined : links.get(row.value);
    return link ? { ...row, link } : row;
  });
}

/** What is known of one link, or null. */
export async function answerLink(_viewer: Viewer, id: string): Promise<LinkSummary | null> {
  return (await linkSummaries([id])).get(id) ?? null;
}

/** What is known of these links, for showing their ids as names; unknown ones are left out. */
export function answerLabels(_viewer: Viewer, ids: string[]): Promise<Map<string, LinkSummary>> {
  return linkSummaries(ids);
}

/** A part of the list of links. */
export type LinkQuestion = {
  q: string;
  sort: LinkSort;
  /** From 1. */
  page: number;
  pageSize: number;
};

/** Links with their clicks in the range. Conditions on links choose the links, all conditions the clicks. */
export async function answerLinks(_viewer: Viewer, filters: Filters, question: LinkQuestion): Promise<LinkPage> {
  if (filters.problems.length > 0) return { rows: [], total: 0 };
  const plan = planBreakdown(filters, "linkId", null);
  const resolved = await resolveLinks(plan.linkMatches);
  const [groups, ids] = await Promise.all([
    ask(BreakdownRow, breakdownSql(plan, resolved)),
    listLinks(question.q, question.sort),
  ]);
  const clicks = new Map(groups.map((row) => [row.value, row.clicks]));
  const listed = ids.filter(isListed(filters, resolved));
  if (question.sort === "clicks") listed.sort((a, b) => (clicks.get(b) ?? 0) - (clicks.get(a) ?? 0));
  const start = (question.page - 1) * question.pageSize;
  const shown = listed.slice(start, start + question.pageSize);
  const links = await linkSummaries(shown);
  const rows = shown.flatMap((id) => links.get(id) ?? []).map((link) => ({ link, clicks: clicks.get(link.id) ?? 0 }));
  return { rows, total: listed.length };
}

/** Tells whether a link is one that the conditions on links allow. */
function isListed({ conditions }: Filters, resolved: readonly LinkIds[]): (id: string) => boolean {
  const named = conditions.filter(({ field }) => field === "linkId").map(({ op, values }) => ({ op, ids: values }));
  const sets = [...resolved, ...named].map(({ op, ids }) => ({
    wanted: op === "is",
    ids: new Set<string | null>(ids),
  }));
  return (id) => sets.every(({ wanted, ids }) => ids.has(id) === wanted);
}
