import { afterEach, expect, test, vi } from "vitest";
import { db } from "@/lib/base/db";
import { localIso } from "@/lib/base/time";
import { dimension } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import { type Counts, visitorCertainty } from "@/lib/question/answer-types";
import { filtersFromParams } from "@/lib/question/codec/read";
import { EVERYTHING, type Filters, question } from "@/lib/question/question";
import { pairsOf } from "@/lib/question/series";
import { naiveBreakdown } from "../naive/breakdown";
import { naivePage } from "../naive/clicks";
import { hostileClicks, hostileLinks, NOW } from "../naive/clickstream";
import { naiveTotals } from "../naive/counts";
import { type Question, randomQuestion } from "../naive/question";
import { createRandom } from "../naive/random";
import { naiveSeries } from "../naive/series";
import { createWorld, type World } from "../naive/world";
import { madeKey } from "./access-helpers";
import { connected, serveMcp, told } from "./mcp-helpers";

const SEED = 20_261_130;
const GOLDEN = 100;
const SETTINGS = new Set([
  ...["interval", "start", "end", "timezone", "weekStart", "granularity", "bots"],
  ...["compare", "compareStart", "compareEnd", "compareAlign"],
]);

afterEach(() => {
  vi.useRealTimers();
});

/** The arguments of a tool for the parameters of an address. */
function argumentsOf(params: URLSearchParams): Record<string, unknown> {
  const settings = [...params].filter(([name]) => SETTINGS.has(name));
  const names = new Set([...params.keys()].filter((name) => !SETTINGS.has(name)));
  const filters = Object.fromEntries([...names].map((name) => [name, params.getAll(name)]));
  return { ...Object.fromEntries(settings), ...(names.size > 0 && { filters }) };
}

/** Totals as the tool tells them. */
function countsOf({ clicks, visitors, withheld, links }: Counts) {
  const visitorsAre = visitorCertainty({ clicks, withheld });
  return { clicks, visitors: visitorsAre === "unknown" ? null : visitors, visitorsAre, linksClicked: links };
}

/** `of`: what is compared of the tool's answer. */
type Call = {
  tool: string;
  args: object;
  page: () => Promise<unknown>;
  naive: () => unknown;
  of: (said: object) => unknown;
};

/** Reads what a tool's schema says it has. */
const reading =
  <Answer>(read: (said: Answer) => unknown): Call["of"] =>
  (said) =>
    read(said as Answer);

type CountsTold = ReturnType<typeof countsOf>;
type RowsTold = {
  total: number;
  rowCount: number;
  previousTotal?: number;
  rows: { clicks: number; previous?: number; visitors?: number | null }[];
};

/** A question as a call of a tool, as a page asks it, and as plain loops answer it; null for what no tool asks. */
function callOf(world: World, filters: Filters, { ask }: Question): Call | null {
  switch (ask.kind) {
    case "totals":
    case "sameValues": {
      const show = ({ previous, ...counts }: Counts & { previous?: Counts }) => ({
        ...countsOf(counts),
        ...(previous && { previous: countsOf(previous) }),
      });
      return {
        ...{ tool: "overview", args: { top: 0 } },
        page: async () => show(await answer(question(EVERYTHING, { kind: "totals" }, filters))),
        naive: () => show(naiveTotals(world, filters)),
        of: reading<CountsTold & { previous?: CountsTold }>(
          ({ clicks, visitors, visitorsAre, linksClicked, previous }) => ({
            ...{ clicks, visitors, visitorsAre, linksClicked },
            ...(previous && { previous }),
          }),
        ),
        ...(filters.comparison && {
          ...{ tool: "compare", args: {} },
          of: reading<{ current: object; previous: object }>(({ current, previous }) => ({ ...current, previous })),
        }),
      };
    }
    case "series": {
      const naive = naiveSeries(world, filters);
      if (!naive || pairsOf(naive).length > 1_000) return null;
      const show = (series: typeof naive) =>
        pairsOf(series).map(({ point, previous }) => ({
          ...{ start: point && localIso(point.start, series.zone), clicks: point?.clicks ?? null },
          ...(series.previous && {
            previousStart: previous && localIso(previous.start, series.zone),
            previous: previous?.clicks ?? null,
          }),
        }));
      return {
        ...{ tool: "time_series", args: {} },
        page: async () => show(await answer(question(EVERYTHING, { kind: "series" }, filters))),
        naive: () => show(naive),
        of: reading<{ points: unknown }>(({ points }) => points),
      };
    }
    case "breakdown": {
      if (ask.rows.only !== null) return null;
      const { search, order, limit, offset } = ask.rows;
      const rows = { ...ask.rows, search: search?.trim() || null, limit: limit ?? 500 };
      if (search !== rows.search) return null;
      const show = ({ rows, total, rowCount, previousTotal }: ReturnType<typeof naiveBreakdown>) => ({
        ...{ total, rowCount, previousTotal },
        rows: rows.map(({ clicks, previous, visitors, withheld }) => ({
          ...{ clicks, previous },
          visitors:
            visitors === undefined || visitorCertainty({ clicks, withheld: withheld ?? 0 }) === "unknown"
              ? null
              : visitors,
        })),
      });
      return {
        tool: "breakdown",
        args: {
          ...{ groupBy: dimension(ask.key).groupBy, sortBy: order.by, sortOrder: order.descending ? "desc" : "asc" },
          ...{ limit: rows.limit, offset, visitors: ask.visitors, ...(search && { search }) },
        },
        page: async () =>
          show(
            await answer(
              question(EVERYTHING, { kind: "breakdown", key: ask.key, rows, visitors: ask.visitors }, filters),
            ),
          ),
        naive: () => show(naiveBreakdown(world, filters, ask.key, rows, ask.visitors)),
        of: reading<RowsTold>(({ total, rowCount, previousTotal, rows: found }) => ({
          ...{ total, rowCount, previousTotal },
          rows: found.map(({ clicks, previous, visitors }) => ({ clicks, previous, visitors: visitors ?? null })),
        })),
      };
    }
    case "clicks": {
      const ids = (rows: { clickId: string }[]) => rows.map(({ clickId }) => clickId.trim());
      return {
        ...{ tool: "recent_clicks", args: { limit: ask.limit } },
        page: async () => {
          const part = { limit: ask.limit, before: null, after: null };
          return ids((await answer(question(EVERYTHING, { kind: "clicks", ...part }, filters))).rows);
        },
        naive: () => {
          const { seqs } = naivePage(world, filters, { limit: ask.limit, before: null, after: null });
          const names = new Map(world.clicks.map(({ seq, clickId }) => [String(seq), clickId.trim()]));
          return seqs.map((seq: string) => names.get(seq));
        },
        of: reading<{ clicks: { untrusted: { clickId: string } }[] }>(({ clicks }) =>
          clicks.map(({ untrusted }) => untrusted.clickId),
        ),
      };
    }
    default:
      return null;
  }
}

test("a hundred questions get the figure of the page, which is that of plain loops over the clicks", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  await db().link.createMany({ data: hostileLinks(SEED) });
  await db().click.createMany({ data: hostileClicks(400, SEED) });
  const world = createWorld(await db().click.findMany(), await db().link.findMany());
  const { authorization } = await madeKey({ name: "Golden", scopes: ["read"], perMinute: 100_000 });
  const client = await connected(await serveMcp(), authorization);
  const random = createRandom(SEED);
  const asked = new Map<string, number>();
  let withClicks = 0;
  for (let golden = 0; golden < GOLDEN; ) {
    const one = randomQuestion(random, world);
    const params = new URLSearchParams(one.query);
    // The parameters that a call leaves out are those of the installation.
    if (!params.has("timezone")) params.set("timezone", "UTC");
    if (!params.has("bots")) params.set("bots", "include");
    if (one.ask.kind !== "series") params.delete("granularity");
    const filters = filtersFromParams(params, NOW);
    const call = callOf(world, filters, one);
    if (!call) continue;
    const said = await told(client, call.tool, { ...argumentsOf(params), ...call.args });
    const figure = call.of(said);
    const title = `question ${golden}, ${call.tool} of ?${params}`;
    expect(figure, title).toEqual(await call.page());
    expect(figure, title).toEqual(call.naive());
    // The address that it gives asks the same.
    const { searchParams } = new URL(said.footfall);
    const again = filtersFromParams(searchParams, NOW, call.tool === "recent_clicks" ? "events" : "overview");
    expect(again, title).toEqual(filters);
    asked.set(call.tool, (asked.get(call.tool) ?? 0) + 1);
    if (naiveTotals(world, filters).clicks > 0) withClicks += 1;
    golden += 1;
  }
  // Questions that find nothing prove little.
  expect(withClicks).toBeGreaterThan(GOLDEN * 0.4);
  expect([...asked.keys()].sort()).toEqual(["breakdown", "compare", "overview", "recent_clicks", "time_series"]);
});
