import type { WeekStart } from "@/lib/base/week-start";
import { type DimensionKey, isClickDimension, WEEKDAYS } from "@/lib/click/dimensions";
import type { Click } from "@/lib/generated/prisma/client";
import type { Breakdown, BreakdownRow } from "@/lib/question/answer-types";
import type { Filters, RowsPart } from "@/lib/question/question";
import { compareNames, compareValues } from "@/lib/question/row-selection";
import { CLICK_VALUES } from "./columns";
import { visitorsOf } from "./counts";
import { clicksOf, isFound } from "./holds";
import { localHour, localWeekday } from "./local";
import { linkOf, summaryOf, type World } from "./world";

/** What tells a row from the others, and what is shown of it. */
type Head = Pick<BreakdownRow, "value" | "place" | "link" | "name" | "color">;

export function naiveBreakdown(
  world: World,
  filters: Filters,
  key: DimensionKey,
  { search, only, order, limit, offset }: RowsPart,
  visitors = false,
): Breakdown {
  const { comparison } = filters;
  const clicks = clicksOf(world, filters);
  const earlier = comparison ? clicksOf(world, filters, comparison) : [];
  const rows = new Map<string, BreakdownRow>();
  const seen = new Map<BreakdownRow, Click[]>();
  const count = (click: Click, of: "clicks" | "previous") => {
    for (const head of headsOf(world, click, key, filters.zone)) {
      const id = JSON.stringify([head.value, head.place ?? null]);
      const row = rows.get(id) ?? { ...head, clicks: 0, ...(comparison && { previous: 0 }) };
      row[of] = (row[of] ?? 0) + 1;
      rows.set(id, row);
      if (of === "clicks") seen.set(row, [...(seen.get(row) ?? []), click]);
    }
  };
  for (const click of clicks) count(click, "clicks");
  for (const click of earlier) count(click, "previous");
  // Links that are searched go by their address, and others by their id.
  const text = ({ value, name, link }: BreakdownRow) =>
    key === "linkId" && search !== null ? (link?.shortLink ?? value) : (name ?? value);
  const found = [...rows.values()]
    .filter((row) => search === null || isFound(text(row), search))
    .filter(({ value }) => only === null || only.includes(value));
  found.sort((a, b) => compareRows(a, b, order, placeIn(key, filters.weekStart), text));
  const all = [...rows.values()];
  for (const row of visitors ? all : []) Object.assign(row, visitorsOf(seen.get(row) ?? []));
  const sum = all.reduce((clicksOfAll, row) => clicksOfAll + row.clicks, 0);
  const previousSum = all.reduce((clicksOfAll, row) => clicksOfAll + (row.previous ?? 0), 0);
  const isMore = sum > clicks.length || previousSum > earlier.length;
  return {
    rows: found.slice(offset, limit === null ? undefined : offset + limit),
    rowCount: found.length,
    total: clicks.length,
    ...(comparison && { previousTotal: earlier.length }),
    ...(isMore && { sum, ...(comparison && { previousSum }) }),
  };
}

function headsOf(world: World, click: Click, key: DimensionKey, zone: string): Head[] {
  const link = world.links.get(click.linkId);
  if (key === "hour") return [{ value: String(localHour(click.clickedAt, zone)) }];
  if (key === "weekday") return [{ value: WEEKDAYS[localWeekday(click.clickedAt, zone)] ?? null }];
  if (key === "linkId") return [{ value: click.linkId, ...(link && { link: summaryOf(link) }) }];
  if (key === "city") return [{ value: click.city, place: { country: click.country, region: click.region } }];
  if (isClickDimension(key)) return [{ value: CLICK_VALUES[key](click) }];
  const known = linkOf(world, click.linkId);
  if (key !== "tagId") return [{ value: known[key] }];
  if (known.tags.length === 0) return [{ value: null }];
  return known.tags.map(({ id, name, color }) => ({ value: id, name, ...(color && { color }) }));
}

const WEEKS: Record<WeekStart, string[]> = {
  monday: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
  sunday: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
  saturday: ["sat", "sun", "mon", "tue", "wed", "thu", "fri"],
};

/** Hours and weekdays stand as the clock and the week have them; null for other values. */
function placeIn(key: DimensionKey, weekStart: WeekStart): ((value: string) => number) | null {
  if (key === "hour") return Number;
  return key === "weekday" ? (value) => WEEKS[weekStart].indexOf(value) : null;
}

function compareRows(
  a: BreakdownRow,
  b: BreakdownRow,
  { by, descending }: RowsPart["order"],
  place: ((value: string) => number) | null,
  text: (row: BreakdownRow) => string | null,
): number {
  const sign = descending ? -1 : 1;
  const ties = () =>
    compareValues(text(a), text(b)) ||
    compareValues(a.value, b.value) ||
    compareValues(a.place?.country ?? null, b.place?.country ?? null) ||
    compareValues(a.place?.region ?? null, b.place?.region ?? null);
  if (by === "clicks") return sign * (a.clicks - b.clicks) || ties();
  if (by === "change") return sign * (a.clicks - (a.previous ?? 0) - b.clicks + (b.previous ?? 0)) || ties();
  const [first, second] = [text(a), text(b)];
  if (first === null || second === null) return ties();
  const byValue = place ? place(first) - place(second) : compareNames(first, second);
  return sign * byValue || ties();
}
