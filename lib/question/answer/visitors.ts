import "server-only";
import { z } from "zod";
import { type TimeDimensionKey, WEEKDAYS } from "@/lib/click/dimensions";
import { askPlan } from "@/lib/question/answer/ask";
import { resolvePlan } from "@/lib/question/answer/resolve";
import type { Counts } from "@/lib/question/answer-types";
import { planClicks } from "@/lib/question/plan";
import type { Filters } from "@/lib/question/question";
import { visitorsByLinksSql, visitorsByTimeSql } from "@/lib/question/visitors-sql";

export type Visitors = Pick<Counts, "visitors" | "withheld">;

/** Visitors by value; values without clicks are missing. */
export type VisitorsByValue = ReadonlyMap<string | null, Visitors>;

const PlaceRow = z.object({ place: z.int(), visitors: z.int(), withheld: z.int() });

/** Visitors by hour or weekday: a visitor may have clicked in several, so those of hours of the week don't add up. */
export async function visitorsByTime(filters: Filters, key: TimeDimensionKey): Promise<VisitorsByValue> {
  const plan = await resolvePlan(planClicks(filters));
  const rows = await askPlan(PlaceRow, plan, (of) => visitorsByTimeSql(of, key));
  const valueAt = (quarter: number) => (key === "hour" ? String(quarter / 4) : (WEEKDAYS[quarter / 96] ?? null));
  return new Map(rows.map(({ place, ...visitors }) => [valueAt(place), visitors]));
}

/** Visitors by a property of links, whose ids are given by value. */
export async function visitorsByLinks(
  filters: Filters,
  links: ReadonlyMap<string | null, string[]>,
): Promise<VisitorsByValue> {
  if (links.size === 0) return new Map();
  const plan = await resolvePlan(planClicks(filters));
  const rows = await askPlan(PlaceRow, plan, (of) => visitorsByLinksSql(of, [...links.values()]));
  const values = [...links.keys()];
  return new Map(rows.map(({ place, ...visitors }) => [values[place] ?? null, visitors]));
}
