import { isWholeDays } from "@/lib/question/codec/range";
import { withParam } from "@/lib/question/codec/write";
import { localIso } from "@/lib/time";
import type { View } from "./view";

/** What the form for a range of one's own starts with: dates and hours are local to the zone. */
export type CustomRangeProps = {
  path: string;
  /** Parameters that stay. */
  kept: [name: string, value: string][];
  zone: string;
  today: string;
  /** Dates as `2026-08-01`; empty when the range has no such end. */
  dates: { start: string; end: string };
  /** Hours as `09:00`, the end up to `24:00`; null for whole days. */
  hours: { start: string; end: string } | null;
};

/** The form's beginning for the range that is shown. */
export function customRange({ path, params, filters }: View): CustomRangeProps {
  const { range, zone, now } = filters;
  const { from, to } = range;
  const kept = [...withParam(withParam(params, "interval", null), "granularity", null)];
  const today = localIso(now.getTime(), zone).slice(0, 10);
  const [start, last] = [from, to].map((edge, index) => edge && localIso(edge.getTime() - index, zone));
  const dates = { start: start?.slice(0, 10) ?? "", end: last?.slice(0, 10) ?? (from ? today : "") };
  const edge = from ?? to;
  if (!edge || isWholeDays({ from: from ?? edge, to: to ?? edge }, zone)) {
    return { path, kept, zone, today, dates, hours: null };
  }
  const end = to ? localIso(to.getTime(), zone).slice(11, 16) : "00:00";
  return {
    ...{ path, kept, zone, today, dates },
    hours: { start: start?.slice(11, 16) ?? "00:00", end: end === "00:00" ? "24:00" : end },
  };
}
