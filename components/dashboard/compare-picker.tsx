import { ChevronDown, GitCompareArrows } from "lucide-react";
import { Popover } from "@/components/ui/popover";
import { Sentence } from "@/components/ui/sentence";
import { comparisonDates } from "@/lib/format";
import { text } from "@/lib/text/ranges";
import { CompareChoices } from "./compare-choices";
import { CompareDates } from "./compare-dates";
import type { View } from "./view";

/** What it is compared with, short enough for a phone. */
function ButtonWords({ filters }: View) {
  const { comparison } = filters;
  if (!comparison) return text.compare.none;
  if (comparison.kind === "custom") return text.compare.with(comparisonDates(filters, comparison));
  if (comparison.kind === "year") return text.compare.withYear;
  return (
    <Sentence
      text={text.compare.withPrevious}
      parts={{ period: <span className="max-sm:sr-only">{text.compare.period}</span> }}
    />
  );
}

/** What the numbers are compared with. */
export function ComparePicker({ view }: { view: View }) {
  const { comparison, range } = view.filters;
  return (
    <Popover
      id="compare"
      label={text.compare.title}
      buttonClass={`flex h-9 min-w-0 items-center gap-2 rounded-lg border px-3 font-medium hover:bg-raised max-sm:flex-1 ${comparison ? "border-accent bg-accent-soft text-accent-strong" : "border-line bg-surface"}`}
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
      {range.from ? <CompareChoices view={view} /> : <p className="p-4 text-muted">{text.compare.noStart}</p>}
      <CompareDates view={view} />
    </Popover>
  );
}
