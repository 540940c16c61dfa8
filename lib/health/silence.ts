import { SLOT, slotOf, WEEK_SLOTS } from "@/lib/base/time";

/** How unlikely a silence has to be before it is worth a word: once in a thousand. */
const UNLIKELY = 0.001;
/** The epoch was a Thursday: which quarter of the week does not matter, as long as it is the same for all. */
const quarterOf = (ms: number): number => slotOf(new Date(ms)) % WEEK_SLOTS;

/** Clicks of a usual week, quarter by quarter, and how many weeks they are the mean of. */
export type UsualWeek = { clicks: readonly number[]; weeks: number };

/** How many clicks a usual week has between two moments. */
export function expectedClicks({ clicks }: UsualWeek, from: Date, to: Date): number {
  const [begin, end] = [from.getTime(), Math.min(to.getTime(), from.getTime() + WEEK_SLOTS * SLOT)];
  let expected = 0;
  for (let at = begin; at < end; ) {
    const next = Math.min(end, (Math.floor(at / SLOT) + 1) * SLOT);
    expected += ((clicks[quarterOf(at)] ?? 0) * (next - at)) / SLOT;
    at = next;
  }
  return expected;
}

/**
 * Whether no click since `last` is more than chance at this hour of the week. Clicks are taken to come independently, so
 * the chance of none is e to the minus expected. Two weeks have to be known.
 */
export function isUnusuallySilent(week: UsualWeek, last: Date | null, now: Date): boolean {
  if (last === null || week.weeks < 2) return false;
  return Math.exp(-expectedClicks(week, last, now)) < UNLIKELY;
}
