import { scaleLinear } from "d3-scale";

/** Whole numbers from 0 to at least the largest count, of which the last is the chart's height. */
export function countTicks(largest: number): number[] {
  const ticks = scaleLinear().domain([0, largest]).nice(4).ticks(4).filter(Number.isInteger);
  return ticks.length > 1 && (ticks.at(-1) ?? 0) >= largest ? ticks : [0, Math.max(1, largest)];
}
