import "server-only";
import { z } from "zod";
import { ASKED, GROUPS, readAsked } from "@/lib/api/mcp/arguments";
import { CountsTold, countsTold, RowTold, rowTold } from "@/lib/api/mcp/rows";
import { TOLD, toldOf, UNTRUSTED } from "@/lib/api/mcp/told";
import { tool } from "@/lib/api/mcp/tool";
import { freeText } from "@/lib/base/clean";
import { AppError } from "@/lib/base/errors";
import { count } from "@/lib/base/format";
import { GRANULARITIES, localIso } from "@/lib/base/time";
import { type DimensionKey, dimension, dimensionByGroupBy, inSentence } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import type { Breakdown } from "@/lib/question/answer-types";
import { ALL_ROWS, type Filters, question, type RowsPart, type Scope } from "@/lib/question/question";
import { pairsOf } from "@/lib/question/series";

const number = z.int();
const Change = z.object({ clicks: number, share: z.number().nullable().describe("Of the earlier clicks; null: none") });

const clicksWords = (clicks: number) => (clicks === 1 ? "1 click" : `${count(clicks)} clicks`);

function keyOf(groupBy: string): DimensionKey {
  const found = dimensionByGroupBy(groupBy);
  if (!found) throw new AppError("unprocessable_entity", `groupBy: Use one of ${GROUPS.join(", ")}.`);
  return found.key;
}

/** The tab on the overview that shows a breakdown, as a parameter. */
function tabOf(key: DimensionKey): Record<string, string> {
  const { card, groupBy } = dimension(key);
  return card === null ? {} : { [card]: groupBy };
}

const rowsOf = (scope: Scope, filters: Filters, key: DimensionKey, rows: Partial<RowsPart>, visitors = false) =>
  answer(question(scope, { kind: "breakdown", key, rows: { ...ALL_ROWS, ...rows }, visitors }, filters));

const toldRows = (key: DimensionKey, { rows, total }: Breakdown) => rows.map((row) => rowTold(key, row, total));

const TOP = { links: "linkId", referers: "referer", countries: "country", devices: "device" } as const;
const TopRows = z.object({
  links: z.array(RowTold),
  referers: z.array(RowTold),
  countries: z.array(RowTold),
  devices: z.array(RowTold),
});

const overview = tool({
  name: "overview",
  title: "Overview",
  description: `Clicks, visitors and links clicked in a range, with its top links, referers, countries and devices. ${UNTRUSTED}`,
  input: z.strictObject({ ...ASKED, top: z.int().min(0).max(20).default(5).describe("Rows of each list") }),
  output: z.object({ ...TOLD, ...CountsTold.shape, previous: CountsTold.optional(), top: TopRows }),
  run: async ({ top, ...args }, asking) => {
    const asked = await readAsked(args, asking.now);
    const told = await toldOf(asking, asked, "count");
    const { scope } = asking;
    const of = async (key: DimensionKey) =>
      top === 0 ? [] : toldRows(key, await rowsOf(scope, asked.filters, key, { limit: top }));
    const [totals, links, referers, countries, devices] = await Promise.all([
      answer(question(scope, { kind: "totals" }, asked.filters)),
      ...Object.values(TOP).map(of),
    ]);
    const content = {
      ...told,
      ...countsTold(totals),
      ...(totals.previous && { previous: countsTold(totals.previous) }),
      top: { links: links ?? [], referers: referers ?? [], countries: countries ?? [], devices: devices ?? [] },
    };
    return { summary: `${clicksWords(totals.clicks)}, ${told.range.words}, ${told.range.timezone}.`, content };
  },
});

const breakdown = tool({
  name: "breakdown",
  title: "Breakdown",
  description: `Clicks by one property, such as countries, referers or top_links: most clicks first. ${UNTRUSTED}`,
  input: z.strictObject({
    ...ASKED,
    groupBy: z.enum(GROUPS),
    search: z.string().min(1).max(500).optional().describe("Only rows whose value contains this, in any case"),
    sortBy: z.enum(["clicks", "change", "value"]).default("clicks"),
    sortOrder: z.enum(["asc", "desc"]).optional().describe("By default desc, and asc for sortBy=value"),
    limit: z.int().min(1).max(500).default(20),
    offset: z.int().min(0).max(1_000_000).default(0),
    visitors: z.boolean().default(false).describe("Whether rows count their visitors, which takes longer"),
  }),
  output: z.object({
    ...TOLD,
    rows: z.array(RowTold),
    rowCount: number.describe("Rows that the search finds, listed here or not"),
    total: number.describe("All clicks that match, listed or not"),
    previousTotal: number.optional(),
  }),
  run: async ({ groupBy, search, sortBy, sortOrder, limit, offset, visitors, ...args }, asking) => {
    const asked = await readAsked(args, asking.now);
    const key = keyOf(groupBy);
    const told = await toldOf(asking, asked, key, { more: tabOf(key) });
    const order = { by: sortBy, descending: (sortOrder ?? (sortBy === "value" ? "asc" : "desc")) === "desc" };
    const part = { search: freeText(search), order, limit, offset };
    const found = await rowsOf(asking.scope, asked.filters, key, part, visitors);
    const { rowCount, total, previousTotal } = found;
    const content = {
      ...told,
      rows: toldRows(key, found),
      ...{ rowCount, total },
      ...(previousTotal !== undefined && { previousTotal }),
    };
    const of = `${count(rowCount)} ${inSentence(dimension(key).plural)}`;
    return { summary: `${clicksWords(total)}, ${of}, ${told.range.words}, ${told.range.timezone}.`, content };
  },
});

/** More would fill what a model can read. */
const MOST_POINTS = 1_000;

const timeSeries = tool({
  name: "time_series",
  title: "Time series",
  description: "Clicks over time, in buckets that follow the calendar of the time zone. Together they are all clicks.",
  input: z.strictObject({
    ...ASKED,
    granularity: z.enum(GRANULARITIES).optional().describe("By default chosen to fit the range"),
  }),
  output: z.object({
    ...TOLD,
    granularity: z.enum(GRANULARITIES),
    total: number,
    points: z.array(
      z.object({
        start: z.string().nullable().describe("Local time with its offset"),
        clicks: number.nullable(),
        previousStart: z.string().nullable().optional(),
        previous: number.nullable().optional(),
      }),
    ),
  }),
  run: async (args, asking) => {
    const asked = await readAsked(args, asking.now);
    const told = await toldOf(asking, asked, "timeseries");
    const series = await answer(question(asking.scope, { kind: "series" }, asked.filters));
    const pairs = pairsOf(series);
    if (pairs.length > MOST_POINTS) {
      const message = `granularity: ${count(pairs.length)} points are too many; choose a coarser granularity or a shorter range.`;
      throw new AppError("unprocessable_entity", message);
    }
    const start = (point: { start: number } | null) => point && localIso(point.start, series.zone);
    const points = pairs.map(({ point, previous }) => ({
      ...{ start: start(point), clicks: point?.clicks ?? null },
      ...(series.previous && { previousStart: start(previous), previous: previous?.clicks ?? null }),
    }));
    const total = series.points.reduce((sum, { clicks }) => sum + clicks, 0);
    const content = { ...told, granularity: series.granularity, total, points };
    return { summary: `${clicksWords(total)} by ${series.granularity}, ${told.range.words}.`, content };
  },
});

const compare = tool({
  name: "compare",
  title: "Compare",
  description: `What changed against an earlier range: totals, and with groupBy the values that gained and lost most clicks. ${UNTRUSTED}`,
  input: z.strictObject({
    ...ASKED,
    compare: ASKED.compare.default("previous"),
    groupBy: z.enum(GROUPS).optional(),
    limit: z.int().min(1).max(100).default(10).describe("Rows of each list"),
  }),
  output: z.object({
    ...TOLD,
    current: CountsTold,
    previous: CountsTold,
    change: Change,
    gained: z.array(RowTold).optional(),
    lost: z.array(RowTold).optional(),
  }),
  run: async ({ groupBy, limit, ...args }, asking) => {
    const asked = await readAsked(args, asking.now);
    if (!asked.filters.comparison)
      throw new AppError("unprocessable_entity", "compare: Choose a range with a start, which isn’t all time.");
    const key = groupBy === undefined ? null : keyOf(groupBy);
    const told = await toldOf(asking, asked, key ?? "count", { more: key === null ? {} : tabOf(key) });
    const { clicks, previous, ...others } = await answer(question(asking.scope, { kind: "totals" }, asked.filters));
    const earlier = previous ?? { clicks: 0, visitors: 0, withheld: 0, links: 0 };
    const change = clicks - earlier.clicks;
    const most = async (key: DimensionKey, descending: boolean) => {
      const order = { by: "change" as const, descending };
      const rows = toldRows(key, await rowsOf(asking.scope, asked.filters, key, { order, limit }));
      return rows.filter(({ change = 0 }) => (descending ? change > 0 : change < 0));
    };
    const content = {
      ...told,
      current: countsTold({ clicks, ...others }),
      previous: countsTold(earlier),
      change: { clicks: change, share: earlier.clicks > 0 ? change / earlier.clicks : null },
      ...(key !== null && { gained: await most(key, true), lost: await most(key, false) }),
    };
    const summary = `${clicksWords(clicks)} against ${count(earlier.clicks)} before, ${told.range.words}.`;
    return { summary, content };
  },
});

export const FIGURE_TOOLS = [overview, breakdown, timeSeries, compare];
