import fc from "fast-check";
import { WEEK_STARTS, type WeekStart } from "@/lib/base/week-start";
import type { Condition } from "@/lib/question/question";
import { EDGES, NOW } from "./clickstream";
import { randomCondition, written } from "./conditions";
import { ZONES } from "./question";
import { createRandom } from "./random";
import type { World } from "./world";

const DAY = 24 * 60 * 60 * 1000;

/** A question in parts: settings, and conditions that all hold. */
export type Asked = { zone: string; weekStart: WeekStart; bots: string; from: Date; to: Date; conditions: Condition[] };

export function addressOf(
  { zone, weekStart, bots, from, to, conditions }: Asked,
  extra: Record<string, string> = {},
): URLSearchParams {
  const settings = { timezone: zone, weekStart, bots, start: from.toISOString(), end: to.toISOString(), ...extra };
  const params = new URLSearchParams(settings);
  for (const condition of conditions) params.append(...written(condition, ""));
  return params;
}

/** The same question with more conditions. */
export const withEntries = (params: URLSearchParams, ...entries: [name: string, value: string][]) =>
  new URLSearchParams([...params, ...entries]);

/** Questions about a world, which need not exist before the first is made. */
export function arbitraries(world: () => World) {
  /** Often the very moment of a click, or of a clock change. */
  const moment = fc.oneof(
    fc.nat().map((place) => {
      const { clicks } = world();
      return clicks[place % clicks.length]?.clickedAt ?? NOW;
    }),
    fc.constantFrom(...EDGES).map((ms) => new Date(ms)),
    fc.integer({ min: NOW.getTime() - 430 * DAY, max: NOW.getTime() }).map((ms) => new Date(ms)),
  );
  /** Different moments, in order. */
  const moments = (count: number) =>
    fc
      .uniqueArray(moment, { minLength: count, maxLength: count, selector: (date) => date.getTime() })
      .map((dates) => dates.sort((a, b) => a.getTime() - b.getTime()));
  const range = moments(2).map(([from = NOW, to = NOW]) => ({ from, to }));
  const condition = fc.nat().map((seed) => randomCondition(createRandom(seed), world()));
  const asked: fc.Arbitrary<Asked> = fc
    .record({
      zone: fc.constantFrom(...ZONES),
      weekStart: fc.constantFrom(...WEEK_STARTS),
      bots: fc.constantFrom("include", "exclude", "only"),
      range,
      conditions: fc.array(condition, { maxLength: 2 }),
    })
    .map(({ range: { from, to }, ...rest }) => ({ ...rest, from, to }));
  return { moments, range, condition, asked };
}
