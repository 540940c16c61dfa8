import { commonEnds } from "@/components/ui/common-ends";
import type { View } from "@/components/views/view";
import { localIso } from "@/lib/base/time";
import { hrefTo } from "@/lib/question/codec/query-string";
import { isWholeDays, readRange, stepRange, withRange } from "@/lib/question/codec/range";
import { withoutParam } from "@/lib/question/codec/write";
import { PRESETS } from "@/lib/question/presets";
import type { Range } from "@/lib/question/question";
import { rangeDates, rangeWords } from "@/lib/question/words";
import type { CustomRangeProps } from "./custom-range";
import { RangeMenu, type Step } from "./range-menu";

/** The range of the page when the URL has none. */
const usualOf = ({ path }: View) => (path === "/compare" ? "all" : undefined);

const hrefOf = (view: View, range: Range): string =>
  hrefTo(view.path, withRange(view.params, range, view.filters.zone, usualOf(view)));

function stepOf(view: View, direction: -1 | 1): Step {
  const { range, zone, now } = view.filters;
  const stepped = stepRange(range, direction, view.filters, now);
  return stepped && { href: hrefOf(view, stepped), words: rangeWords({ range: stepped, zone }) };
}

/** Initial values of the form for the current range. */
export function customRange({ path, params, filters }: View): CustomRangeProps {
  const { range, zone, weekStart, now } = filters;
  const { from, to } = range;
  const kept = [...["interval", "granularity"].reduce(withoutParam, params)];
  const today = localIso(now.getTime(), zone).slice(0, 10);
  const [start, last] = [from, to].map((edge, index) => edge && localIso(edge.getTime() - index, zone));
  const dates = { start: start?.slice(0, 10) ?? "", end: last?.slice(0, 10) ?? (from ? today : "") };
  const edge = from ?? to;
  const isWhole = !edge || isWholeDays({ from: from ?? edge, to: to ?? edge }, zone);
  const end = to ? localIso(to.getTime(), zone).slice(11, 16) : "00:00";
  const hours = { start: start?.slice(11, 16) ?? "00:00", end: end === "00:00" ? "24:00" : end };
  return { path, kept, zone, weekStart, today, dates, hours: isWhole ? null : hours };
}

/** The range of the view, and where its menu leads. */
export function RangePicker({ view }: { view: View }) {
  const { filters } = view;
  const { range, now } = filters;
  const hrefs = PRESETS.flat().map(({ interval }) =>
    hrefOf(view, readRange({ interval, start: null, end: null }, filters, now)),
  );
  return (
    <RangeMenu
      words={rangeWords(filters)}
      dates={rangeDates(filters)}
      interval={range.interval}
      presets={commonEnds(hrefs)}
      back={stepOf(view, -1)}
      forward={stepOf(view, 1)}
      custom={customRange(view)}
    />
  );
}
