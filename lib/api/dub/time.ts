import { localIso } from "@/lib/base/time";
import type { Series } from "@/lib/question/answer-types";

/**
 * The start of a bucket as Dub writes it: days and months with the zone's offset, such as `2026-08-01T00:00:00.000-0400`,
 * hours in UTC, such as `2026-08-01T04:00:00.000+0000`.
 */
export function dubTime(start: number, { granularity, zone }: Pick<Series, "granularity" | "zone">): string {
  const text = localIso(start, granularity === "hour" ? "UTC" : zone);
  return text.replace(/([+-]\d\d):(\d\d)$/, ".000$1$2");
}
