import type { BreakdownRow } from "@/lib/question/answer-types";

export const add = (numbers: readonly (number | undefined)[]): number =>
  numbers.reduce<number>((sum, more) => sum + (more ?? 0), 0);

export const sumOf = (rows: readonly { clicks: number }[]): number => add(rows.map(({ clicks }) => clicks));

/** Clicks of each value, in whatever order the rows stand. */
export function counted(rows: readonly BreakdownRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { value, place, clicks } of rows) {
    const name = JSON.stringify([value, place]);
    counts.set(name, (counts.get(name) ?? 0) + clicks);
  }
  return counts;
}
