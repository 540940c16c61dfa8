import { Check, ChevronDown, GitCompareArrows } from "lucide-react";
import { QuietButton } from "@/components/ui/button";
import { SamePageLink } from "@/components/ui/link";
import { Popover } from "@/components/ui/popover";
import { KeptParams } from "@/components/ui/search-form";
import { KeyHint } from "@/components/ui/use-shortcut";
import type { View } from "@/components/views/view";
import { hrefTo } from "@/lib/question/codec/query-string";
import { comparisonOf, rangeText } from "@/lib/question/codec/range";
import { withParam } from "@/lib/question/codec/write";
import { CONTROL_KEYS } from "@/lib/question/presets";
import { comparisonDates } from "@/lib/question/words";
import { DateField } from "./date-field";

const KINDS = { previous: "Previous period", year: "Previous year" };
type Kind = keyof typeof KINDS;

type ChoiceProps = { href: string; chosen: boolean; shortcut?: boolean; label: string; note?: string | null };

function Choice({ href, chosen, shortcut = false, label, note }: ChoiceProps) {
  return (
    <SamePageLink
      href={href}
      aria-current={chosen ? "true" : undefined}
      aria-keyshortcuts={shortcut ? CONTROL_KEYS.compare : undefined}
      className="grid min-h-9 grid-cols-[1fr_auto] items-center gap-x-3 rounded-md px-2.5 py-1.5 hover:bg-raised aria-[current=true]:font-medium"
    >
      {label}
      <span className="flex items-center gap-2">
        {shortcut && <KeyHint>{CONTROL_KEYS.compare}</KeyHint>}
        {chosen && <Check aria-hidden className="size-4 text-accent" />}
      </span>
      {note && <span className="col-span-2 font-normal text-muted text-xs">{note}</span>}
    </SamePageLink>
  );
}

/** The comparisons to choose from, with their dates; by weekday or by date. */
function CompareChoices({ view }: { view: View }) {
  const { comparison } = view;
  const { range, zone, now } = view.filters;
  const kind = comparison?.kind ?? null;
  const weekday = view.params.get("compareAlign") === "weekday";
  const href = (to: Kind | null, by = weekday) => {
    const next = withParam(view.params, "compare", to);
    return hrefTo(view.path, to && by ? withParam(next, "compareAlign", "weekday") : next);
  };
  return (
    <nav aria-label="Comparisons" className="grid p-1.5">
      <Choice href={href(null)} chosen={kind === null} shortcut={kind !== null} label="No comparison" />
      {(["previous", "year"] as const).map((entry) => {
        const span = comparisonOf({ kind: entry, start: null, end: null, weekday }, range, zone, now);
        return (
          <Choice
            key={entry}
            href={href(entry)}
            chosen={kind === entry}
            shortcut={entry === "previous" && kind === null}
            label={KINDS[entry]}
            note={span && comparisonDates(view.filters, span)}
          />
        );
      })}
      {(kind === "previous" || kind === "year") && (
        <div className="mt-1 border-line border-t pt-1">
          <Choice
            href={href(kind, !weekday)}
            chosen={weekday}
            label="Match weekdays"
            note={weekday ? "On: compares Mondays with Mondays" : "Off: compares dates with dates"}
          />
        </div>
      )}
    </nav>
  );
}

function CompareDates({ view }: { view: View }) {
  const { comparison } = view;
  const { zone } = view.filters;
  const { start, end } = comparison ? rangeText(comparison, zone) : { start: null, end: null };
  return (
    <form action={view.path} className="grid grid-cols-2 gap-x-2 gap-y-3 border-line p-4 not-first:border-t">
      <KeptParams params={withParam(view.params, "compare", "custom")} />
      <DateField label="Compare from" name="compareStart" value={start?.slice(0, 10) ?? ""} />
      <DateField label="Compare to" name="compareEnd" value={end?.slice(0, 10) ?? ""} />
      <QuietButton type="submit" className="col-span-2 justify-center">
        Compare with these days
      </QuietButton>
    </form>
  );
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

export function ComparePicker({ view }: { view: View }) {
  const { comparison } = view;
  const { range } = view.filters;
  return (
    <Popover
      id="compare"
      label="Compare with"
      buttonClass={`flex h-9 min-w-0 items-center gap-2 rounded-lg border px-3 font-medium hover:bg-raised max-sm:min-w-36 max-sm:flex-1 ${comparison ? "border-accent bg-accent-soft text-accent-strong" : "border-line bg-surface"}`}
      panelClass="sm:w-80"
      button={
        <>
          <GitCompareArrows aria-hidden className={`size-4 shrink-0 ${comparison ? "" : "text-muted"}`} />
          <span className="truncate">
            <ButtonWords {...view} />
          </span>
          <ChevronDown aria-hidden className={`ml-auto size-4 shrink-0 ${comparison ? "" : "text-muted"}`} />
        </>
      }
    >
      {range.from ? (
        <CompareChoices view={view} />
      ) : (
        <p className="p-4 text-muted">All time has no previous period. Choose the dates to compare with.</p>
      )}
      <CompareDates view={view} />
    </Popover>
  );
}
