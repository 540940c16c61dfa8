import { withParam } from "@/lib/query/address";
import { GRANULARITIES, type Range } from "@/lib/query/filters";
import { instantText } from "@/lib/query/instant";
import { granularitiesFor } from "@/lib/query/series";
import { isWholeDays } from "@/lib/query/stride";
import { localIso } from "@/lib/time";

/** What an address without a range means. */
const DEFAULT_INTERVAL = "30d";

/**
 * The parameters with another range: by its name, by dates when its ends are local midnights, else by instants. A
 * granularity is kept as long as it suits the new length.
 */
export function withRange(params: URLSearchParams, range: Range, zone: string): URLSearchParams {
  const { interval, from, to } = range;
  const next = withParam(params, "interval", interval === DEFAULT_INTERVAL ? null : interval);
  if (interval === null) {
    const text = rangeText(range, zone);
    if (text.start) next.set("start", text.start);
    if (text.end) next.set("end", text.end);
  }
  const kept = GRANULARITIES.find((entry) => entry === params.get("granularity"));
  if (!kept || !from || !to || !granularitiesFor(from, to).includes(kept)) next.delete("granularity");
  return next;
}

/** The ends of a range as an address says them: whole local days as dates, the last included; else instants. */
export function rangeText(
  { from, to }: Pick<Range, "from" | "to">,
  zone: string,
): { start: string | null; end: string | null } {
  const edges = { from: from ?? to, to: to ?? from };
  if (!edges.from || !edges.to) return { start: null, end: null };
  const isDates = isWholeDays({ from: edges.from, to: edges.to }, zone);
  const day = (ms: number) => localIso(ms, zone).slice(0, 10);
  return {
    start: from && (isDates ? day(from.getTime()) : instantText(from)),
    end: to && (isDates ? day(to.getTime() - 1) : instantText(to)),
  };
}
