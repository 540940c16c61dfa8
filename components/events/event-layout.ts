import type { EventRow } from "./event-page";

/** A local day of the list: the index of its first click, and its heading above that. */
export type Day = { first: number; label: string };

/** The days of clicks that are sorted by time. */
export function daysOf(rows: readonly EventRow[]): Day[] {
  const days: Day[] = [];
  for (const [first, { words }] of rows.entries())
    if (words.day !== days.at(-1)?.label) days.push({ first, label: words.day });
  return days;
}

/** Heights in pixels. */
export type Heights = { row: number; day: number };

/** Where a click's row begins, from the top of the first heading. */
export function topOf(index: number, days: readonly Day[], { row, day }: Heights): number {
  return index * row + days.filter(({ first }) => first <= index).length * day;
}

/** The click at a distance from the top of the first heading; of a heading the click below. May be beyond the end. */
export function indexAt(y: number, days: readonly Day[], heights: Heights): number {
  const at = days.findLastIndex(({ first }, index) => first * heights.row + index * heights.day <= y);
  const day = days[at];
  if (!day) return 0;
  const below = Math.max(0, y - topOf(day.first, days, heights));
  return day.first + Math.floor(below / heights.row);
}

/** What is drawn: headings, clicks by index, and gaps of so many rows and headings. */
export type Part =
  | { kind: "day"; day: Day }
  | { kind: "click"; index: number }
  | { kind: "gap"; key: string; rows: number; days: number };

/** The clicks from `first` until `last`, with their headings and that of the first one's day, and gaps for the others. */
export function partsOf(days: readonly Day[], count: number, first: number, last: number): Part[] {
  const parts: Part[] = [];
  const gap = (key: string, rows: number, headings: number) => {
    if (rows + headings > 0) parts.push({ kind: "gap", key, rows, days: headings });
  };
  const at = Math.max(
    0,
    days.findLastIndex((day) => day.first <= first),
  );
  const begin = days[at]?.first ?? 0;
  gap("above", begin, at);
  for (const day of days.slice(at)) {
    if (day.first >= last) break;
    parts.push({ kind: "day", day });
    if (day.first === begin) gap("of the day", first - begin, 0);
    const next = days[days.indexOf(day) + 1]?.first ?? count;
    for (let index = Math.max(first, day.first); index < Math.min(next, last); index++)
      parts.push({ kind: "click", index });
  }
  gap("below", count - last, days.filter((day) => day.first >= last).length);
  return parts;
}
