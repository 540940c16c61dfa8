import type { View } from "@/components/views/view";
import { hrefTo } from "@/lib/question/codec/query-string";
import { comparisonOf, rangeText } from "@/lib/question/codec/range";
import { withParam } from "@/lib/question/codec/write";
import { comparisonDates } from "@/lib/question/words";
import { type Comparable, CompareMenu } from "./compare-menu";

const KINDS = { previous: "Previous period", year: "Previous year" };
type Kind = keyof typeof KINDS;

/** The comparisons to choose from, with their dates, and whether weekdays are matched. */
function choicesOf({ path, params, filters, comparison }: View) {
  const { range, zone, now } = filters;
  const kind = comparison?.kind ?? null;
  const weekday = params.get("compareAlign") === "weekday";
  const href = (to: Kind | null, by = weekday) => {
    const next = withParam(params, "compare", to);
    return hrefTo(path, to && by ? withParam(next, "compareAlign", "weekday") : next);
  };
  const kinds = (["previous", "year"] as const).map((entry): Comparable => {
    const span = comparisonOf({ kind: entry, start: null, end: null, weekday }, range, zone, now);
    return {
      ...{ href: href(entry), label: KINDS[entry], isChosen: kind === entry },
      hasShortcut: entry === "previous" && kind === null,
      ...(span && { note: comparisonDates(filters, span) }),
    };
  });
  const none = { href: href(null), label: "No comparison", isChosen: kind === null, hasShortcut: kind !== null };
  const weekdays = (kind === "previous" || kind === "year") && {
    ...{ href: href(kind, !weekday), label: "Match weekdays", isChosen: weekday },
    note: weekday ? "On: compares Mondays with Mondays" : "Off: compares dates with dates",
  };
  return { choices: [none, ...kinds], weekdays: weekdays || null };
}

function ButtonWords({ filters, comparison }: View) {
  if (!comparison) return "Compare";
  if (comparison.kind === "custom") return `vs ${comparisonDates(filters, comparison)}`;
  if (comparison.kind === "year") return "vs previous year";
  return (
    <>
      vs previous<span className="max-sm:sr-only"> period</span>
    </>
  );
}

/** The comparison of the view, and where its menu leads. */
export function ComparePicker({ view }: { view: View }) {
  const { path, params, comparison, filters } = view;
  const { choices, weekdays } = choicesOf(view);
  const { start, end } = comparison ? rangeText(comparison, filters.zone) : { start: null, end: null };
  return (
    <CompareMenu
      words={<ButtonWords {...view} />}
      isCompared={comparison !== null}
      choices={filters.range.from ? choices : null}
      weekdays={weekdays}
      form={{
        path,
        kept: [...withParam(params, "compare", "custom")],
        start: start?.slice(0, 10) ?? "",
        end: end?.slice(0, 10) ?? "",
      }}
    />
  );
}
