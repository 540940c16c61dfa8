import { CLICK_DIMENSIONS } from "@/lib/click/dimensions";
import type { Click } from "@/lib/generated/prisma/client";
import type { Counts, HeatMap, SameValues, Totals } from "@/lib/question/answer-types";
import type { Filters } from "@/lib/question/question";
import { CLICK_VALUES } from "./columns";
import { clicksOf } from "./holds";
import { localHour, localWeekday, QUARTER_HOUR, quarterOf, wallOf } from "./local";
import type { World } from "./world";

export const visitorsOf = (clicks: Click[]): Pick<Counts, "visitors" | "withheld"> => ({
  visitors: new Set(clicks.flatMap(({ visitor }) => visitor ?? [])).size,
  withheld: clicks.filter(({ visitor, visitorEstimated }) => visitor === null || visitorEstimated).length,
});

function countsOf(clicks: Click[]): Counts {
  return {
    clicks: clicks.length,
    ...visitorsOf(clicks),
    links: new Set(clicks.map(({ linkId }) => linkId)).size,
  };
}

export function naiveTotals(world: World, filters: Filters): Totals {
  const counts = countsOf(clicksOf(world, filters));
  const { comparison } = filters;
  return comparison ? { ...counts, previous: countsOf(clicksOf(world, filters, comparison)) } : counts;
}

function cellsOf(clicks: Click[], zone: string): number[][] {
  const cells = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const { clickedAt } of clicks) {
    const row = cells[localWeekday(clickedAt, zone)] ?? [];
    const hour = localHour(clickedAt, zone);
    row[hour] = (row[hour] ?? 0) + 1;
  }
  return cells;
}

const HOUR = 4 * QUARTER_HOUR;

/** Number of the local hour that a quarter hour lies in. */
const hourOf = (quarter: number, zone: string) => Math.floor(wallOf(quarter, zone) / HOUR);

/** The middle of the clicks in each whole hour of the week from the first click of all until now. */
function mediansOf(world: World, filters: Filters): (number | null)[][] {
  const { range, zone, now } = filters;
  const cells = Array.from({ length: 7 }, () => Array.from({ length: 24 }, (): number[] => []));
  const first = Math.min(...world.clicks.map(({ clickedAt }) => clickedAt.getTime()));
  const from = Math.max(first, range.from?.getTime() ?? first);
  const to = Math.min(now.getTime(), range.to?.getTime() ?? now.getTime());
  const own = clicksOf(world, filters).filter(({ clickedAt }) => clickedAt.getTime() < to);
  const clicks = new Map<number, number>();
  for (const { clickedAt } of own) {
    const hour = hourOf(quarterOf(clickedAt), zone);
    clicks.set(hour, (clicks.get(hour) ?? 0) + 1);
  }
  const seen = new Set<number>();
  for (let quarter = Math.ceil(from / QUARTER_HOUR); (quarter + 4) * QUARTER_HOUR <= to; quarter++) {
    const hour = hourOf(quarter, zone);
    if (wallOf(quarter, zone) % HOUR !== 0 || seen.has(hour)) continue;
    seen.add(hour);
    const [day, time] = [new Date(hour * HOUR).getUTCDay(), new Date(hour * HOUR).getUTCHours()];
    cells[(day + 6) % 7]?.[time]?.push(clicks.get(hour) ?? 0);
  }
  const middle = (counts: number[]) => {
    const sorted = counts.toSorted((a, b) => a - b);
    if (sorted.length === 0) return null;
    const half = sorted.length / 2;
    return half % 1 === 0 ? ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2 : (sorted[Math.floor(half)] ?? 0);
  };
  return cells.map((row) => row.map(middle));
}

export function naiveHeatMap(world: World, filters: Filters): HeatMap {
  const { zone, comparison } = filters;
  const own = { zone, cells: cellsOf(clicksOf(world, filters), zone), median: mediansOf(world, filters) };
  return comparison ? { ...own, previous: cellsOf(clicksOf(world, filters, comparison), zone) } : own;
}

/** The values of the dimensions of clicks that all of them have. */
export function naiveSameValues(world: World, filters: Filters): SameValues {
  const clicks = clicksOf(world, filters);
  const [first] = clicks;
  const same: SameValues = new Map();
  if (!first) return same;
  for (const { key } of CLICK_DIMENSIONS) {
    const place = key === "city" ? { country: first.country, region: first.region } : null;
    const isAlike = (click: Click) =>
      CLICK_VALUES[key](click) === CLICK_VALUES[key](first) &&
      (!place || (click.country === place.country && click.region === place.region));
    const row = { value: CLICK_VALUES[key](first), clicks: clicks.length, ...(place && { place }) };
    if (clicks.every(isAlike)) same.set(key, row);
  }
  return same;
}
