import type { Click } from "@/lib/generated/prisma/client";
import type { Counts, HeatMap, Totals } from "@/lib/question/answer-types";
import type { Filters } from "@/lib/question/question";
import { clicksOf } from "./holds";
import { localHour, localWeekday } from "./local";
import type { World } from "./world";

function countsOf(clicks: Click[]): Counts {
  return {
    clicks: clicks.length,
    visitors: new Set(clicks.flatMap(({ visitor }) => visitor ?? [])).size,
    withheld: clicks.filter(({ visitor, visitorEstimated }) => visitor === null || visitorEstimated).length,
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

export function naiveHeatMap(world: World, filters: Filters): HeatMap {
  const { zone, comparison } = filters;
  const cells = cellsOf(clicksOf(world, filters), zone);
  return comparison ? { zone, cells, previous: cellsOf(clicksOf(world, filters, comparison), zone) } : { zone, cells };
}
