"use client";

import { CalendarRange, ChevronDown } from "lucide-react";
import type { CommonEnds } from "@/components/ui/common-ends";
import { Icon } from "@/components/ui/icon";
import { SamePageLink } from "@/components/ui/link";
import { Popover } from "@/components/ui/popover";
import { KeyHint } from "@/components/ui/use-shortcut";
import { CHOOSE_RANGE, CONTROL_KEYS, PRESETS } from "@/lib/question/presets";
import { CustomRange, type CustomRangeProps, ZonePicker } from "./custom-range";

const ALL = PRESETS.flat();

/** A phone has room for them in the panel only. */
const BESIDE = "hidden sm:grid";
const INSIDE = "grid h-9 sm:hidden";

const LOOK = "w-9 shrink-0 place-items-center text-muted";

/** The previous or next range: its address and name; null when there is none. */
export type Step = { href: string; words: string } | null;

const STEPS = {
  back: { shape: "before", word: "Back", edge: "rounded-l-lg" },
  forward: { shape: "after", word: "Forward", edge: "rounded-r-lg" },
} as const;

type Direction = keyof typeof STEPS;

/** A link to the previous or next range; disabled when there is none. */
function StepLink({ direction, step, show }: { direction: Direction; step: Step; show: string }) {
  const { shape, word, edge } = STEPS[direction];
  if (!step) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: a link that leads nowhere has no address
      // biome-ignore lint/a11y/useFocusableInteractive: nothing happens here
      <span role="link" aria-disabled="true" aria-label={word} className={`${show} ${LOOK} opacity-40`}>
        <Icon of={shape} />
      </span>
    );
  }
  const name = `${word} to ${step.words}`;
  return (
    <SamePageLink
      href={step.href}
      aria-label={name}
      aria-keyshortcuts={CONTROL_KEYS[direction]}
      title={name}
      className={`${show} ${LOOK} ${edge} hover:bg-raised hover:text-ink`}
    >
      <Icon of={shape} />
    </SamePageLink>
  );
}

export type RangeMenuProps = {
  /** The range, and its dates. */
  words: string;
  dates: string;
  /** The named one, if it is. */
  interval: string | null;
  /** Where the named ranges lead, in order. */
  presets: CommonEnds;
  back: Step;
  forward: Step;
  custom: CustomRangeProps;
};

/** The named ranges. */
function Presets({ interval, presets: { start, end, rest } }: Pick<RangeMenuProps, "interval" | "presets">) {
  return (
    <nav aria-label="Ranges" className="grid content-start p-1.5 sm:border-line sm:border-r">
      {PRESETS.map((group) => (
        <div key={group[0]?.interval} className="grid border-line py-1 not-first:border-t max-sm:grid-cols-2">
          {group.map((preset) => (
            <SamePageLink
              key={preset.interval}
              href={start + (rest[ALL.indexOf(preset)] ?? "") + end}
              aria-current={preset.interval === interval ? "true" : undefined}
              aria-keyshortcuts={preset.key ?? undefined}
              className="menu-choice h-8 justify-between gap-3 max-sm:h-10"
            >
              {preset.label}
              {preset.key && <KeyHint>{preset.key}</KeyHint>}
            </SamePageLink>
          ))}
        </div>
      ))}
    </nav>
  );
}

/** The range with links to the previous and next one. Its panel has named ranges, a calendar, and the time zone. */
export function RangeMenu({ words, dates, interval, presets, back, forward, custom }: RangeMenuProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's
    <div
      role="group"
      aria-label="Range"
      className="flex h-9 min-w-0 rounded-lg border border-line bg-surface max-sm:flex-1"
    >
      <StepLink direction="back" step={back} show={BESIDE} />
      <Popover
        id="range"
        label={CHOOSE_RANGE}
        title={dates}
        buttonClass="flex min-w-0 flex-1 items-center justify-center gap-2 rounded-lg border-line px-3 font-medium hover:bg-raised sm:rounded-none sm:border-x"
        panelClass="sm:w-[32.5rem]"
        button={
          <>
            <CalendarRange aria-hidden className="size-4 shrink-0 text-muted" />
            <span className="truncate">
              <span className="sr-only">Range: </span>
              {words}
            </span>
            <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
          </>
        }
      >
        <div className="grid sm:grid-cols-[12rem_1fr]">
          <Presets interval={interval} presets={presets} />
          <div className="grid content-between gap-4 p-4 max-sm:border-line max-sm:border-t">
            <div className="flex justify-between sm:hidden">
              <StepLink direction="back" step={back} show={INSIDE} />
              <StepLink direction="forward" step={forward} show={INSIDE} />
            </div>
            <CustomRange key={dates} {...custom} />
            <div className="flex items-center justify-between gap-3 border-line border-t pt-3 text-muted">
              Time zone
              <ZonePicker zone={custom.zone} />
            </div>
          </div>
        </div>
      </Popover>
      <StepLink direction="forward" step={forward} show={BESIDE} />
    </div>
  );
}
