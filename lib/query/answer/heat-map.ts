import "server-only";
import type { Viewer } from "@/lib/access/viewer";
import type { HeatMap } from "@/lib/query/answers";
import type { Filters } from "@/lib/query/filters";
import { type HourOfWeek, hoursOfWeek } from "@/lib/query/week";

/** Clicks by hour and weekday of the view's zone. */
export async function answerHeatMap(_viewer: Viewer, filters: Filters): Promise<HeatMap> {
  const hours = filters.problems.length > 0 ? [] : await hoursOfWeek(filters);
  const cellsOf = (count: (hour: HourOfWeek) => number): number[][] => {
    const cells = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
    for (const hour of hours) cells[hour.weekday]?.splice(hour.hour, 1, count(hour));
    return cells;
  };
  const previous = filters.comparison && { previous: cellsOf((hour) => hour.previous) };
  return { zone: filters.zone, cells: cellsOf(({ clicks }) => clicks), ...previous };
}
