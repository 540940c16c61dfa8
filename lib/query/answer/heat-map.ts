import "server-only";
import type { Viewer } from "@/lib/access/viewer";
import type { HeatMap } from "@/lib/query/answers";
import type { Filters } from "@/lib/query/filters";
import { hoursOfWeek } from "@/lib/query/week";

/** Clicks by hour and weekday of the view's zone. */
export async function answerHeatMap(_viewer: Viewer, filters: Filters): Promise<HeatMap> {
  const cells = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  const hours = filters.problems.length > 0 ? [] : await hoursOfWeek(filters);
  for (const { weekday, hour, clicks } of hours) cells[weekday]?.splice(hour, 1, clicks);
  return { zone: filters.zone, cells };
}
