import { CalendarRange, ChevronDown } from "lucide-react";
import { Popover } from "@/components/ui/popover";
import { rangeDates, rangeWords } from "@/lib/format";
import { CONTROL_KEYS } from "@/lib/question/presets";
import { text } from "@/lib/text/ranges";
import { CustomRange } from "./custom-range";
import { customRange } from "./custom-range-props";
import { RangePresets } from "./range-presets";
import { StepLink } from "./step-link";
import type { View } from "./view";
import { ZonePicker } from "./zone-picker";

/** The range in words with a step to either side; its panel has every range by name, a calendar, and the zone. */
export function RangePicker({ view }: { view: View }) {
  const { filters } = view;
  const words = rangeWords(filters);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's
    <div
      role="group"
      aria-label={text.range}
      className="flex h-9 min-w-0 rounded-lg border border-line bg-surface max-sm:w-full"
    >
      <StepLink view={view} direction={-1} />
      <Popover
        id="range"
        label={text.choose}
        shortcut={CONTROL_KEYS.custom}
        title={rangeDates(filters)}
        buttonClass="flex min-w-0 flex-1 items-center justify-center gap-2 border-line border-x px-3 font-medium hover:bg-raised"
        panelClass="sm:w-[32.5rem]"
        button={
          <>
            <CalendarRange aria-hidden className="size-4 shrink-0 text-muted" />
            <span className="truncate">
              <span className="sr-only">{text.spokenRange}</span>
              {words}
            </span>
            <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
          </>
        }
      >
        <div className="grid sm:grid-cols-[12rem_1fr]">
          <RangePresets view={view} />
          <div className="grid content-between gap-4 p-4 max-sm:border-line max-sm:border-t">
            <CustomRange key={rangeDates(filters)} {...customRange(view)} />
            <div className="flex items-center justify-between gap-3 border-line border-t pt-3 text-muted">
              {text.zone}
              <ZonePicker zone={filters.zone} />
            </div>
          </div>
        </div>
      </Popover>
      <StepLink view={view} direction={1} />
    </div>
  );
}
