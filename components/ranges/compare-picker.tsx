import { Check, ChevronDown, GitCompareArrows } from "lucide-react";
import Form from "next/form";
import type { ReactNode } from "react";
import { SamePageLink } from "@/components/ui/link";
import { Popover } from "@/components/ui/popover";
import { KeptParams } from "@/components/ui/search-form";
import type { View } from "@/components/views/view";
import { hrefTo } from "@/lib/question/codec/query-string";
import { comparisonOf, rangeText } from "@/lib/question/codec/range";
import { withParam } from "@/lib/question/codec/write";
import { CONTROL_KEYS } from "@/lib/question/presets";
import { comparisonDates } from "@/lib/question/words";
import { DateField } from "./date-field";

const KINDS = { previous: "Previous period", year: "Previous year" };
type Kind = keyof typeof KINDS;

function compared(params: URLSearchParams, kind: Kind | null, weekday: boolean): URLSearchParams {
  const next = withParam(params, "compare", kind);
  return kind && weekday ? withParam(next, "compareAlign", "weekday") : next;
}

type ChoiceProps = { href: string; chosen: boolean; shortcut: boolean; label: string; children?: ReactNode };

function Choice({ href, chosen, shortcut, label, children }: ChoiceProps) {
  return (
    <SamePageLink
      href={href}
      aria-current={chosen ? "true" : undefined}
      aria-keyshortcuts={shortcut ? CONTROL_KEYS.compare : undefined}
      className="grid min-h-9 grid-cols-[1fr_auto] items-center gap-x-3 rounded-md px-2.5 py-1.5 hover:bg-raised aria-[current=true]:font-medium"
    >
      {label}
      <span className="flex items-center gap-2">
        {shortcut && (
          <kbd aria-hidden className="font-sans text-muted text-xs max-sm:hidden">
            {CONTROL_KEYS.compare}
          </kbd>
        )}
        {chosen && <Check aria-hidden className="size-4 text-accent" />}
      </span>
      {children}
    </SamePageLink>
  );
}

/** The comparisons to choose from, with their dates; by weekday or by date. */
function CompareChoices({ view }: { view: View }) {
  const { comparison } = view;
  const { range, zone, now } = view.filters;
  const kind = comparison?.kind ?? null;
  const weekday = view.params.get("compareAlign") === "weekday";
  const href = (to: Kind | null, by = weekday) => hrefTo(view.path, compared(view.params, to, by));
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
          >
            {span && (
              <span className="col-span-2 font-normal text-muted text-xs">{comparisonDates(view.filters, span)}</span>
            )}
          </Choice>
        );
      })}
      {(kind === "previous" || kind === "year") && (
        <div className="mt-1 border-line border-t pt-1">
          <Choice href={href(kind, !weekday)} chosen={weekday} shortcut={false} label="Match weekdays">
            <span className="col-span-2 font-normal text-muted text-xs">
              {weekday ? "On: compares Mondays with Mondays" : "Off: compares dates with dates"}
            </span>
          </Choice>
        </div>
      )}
    </nav>
  );
}

function CompareDates({ view }: { view: View }) {
  const { comparison } = view;
  const { zone } = view.filters;
  const kept = withParam(view.params, "compare", null);
  const { start, end } = comparison ? rangeText(comparison, zone) : { start: null, end: null };
  return (
    <Form
      action={view.path}
      scroll={false}
      prefetch={false}
      className="grid grid-cols-2 gap-x-2 gap-y-3 border-line p-4 not-first:border-t"
    >
      <KeptParams params={withParam(kept, "compare", "custom")} />
      <DateField label="Compare from" name="compareStart" value={start?.slice(0, 10) ?? ""} />
      <DateField label="Compare to" name="compareEnd" value={end?.slice(0, 10) ?? ""} />
      <button type="submit" className="col-span-2 h-9 rounded-lg border border-strong-line font-medium hover:bg-raised">
        Compare with these days
      </button>
    </Form>
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

/** Chooses the comparison. */
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
