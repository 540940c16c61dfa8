"use client";

import { Check, ChevronDown, GitCompareArrows } from "lucide-react";
import type { ReactNode } from "react";
import { QuietButton } from "@/components/ui/button";
import { SamePageLink } from "@/components/ui/link";
import { Popover } from "@/components/ui/popover";
import { KeptParams } from "@/components/ui/search-form";
import { KeyHint } from "@/components/ui/use-shortcut";
import { CONTROL_KEYS } from "@/lib/question/presets";
import { DateField } from "./date-field";

export type Comparable = { href: string; label: string; isChosen: boolean; hasShortcut?: boolean; note?: string };

function Choice({ href, label, isChosen, hasShortcut = false, note }: Comparable) {
  return (
    <SamePageLink
      href={href}
      aria-current={isChosen ? "true" : undefined}
      aria-keyshortcuts={hasShortcut ? CONTROL_KEYS.compare : undefined}
      className="grid min-h-9 grid-cols-[1fr_auto] items-center gap-x-3 rounded-md px-2.5 py-1.5 hover:bg-raised aria-[current=true]:font-medium"
    >
      {label}
      <span className="flex items-center gap-2">
        {hasShortcut && <KeyHint>{CONTROL_KEYS.compare}</KeyHint>}
        {isChosen && <Check aria-hidden className="size-4 text-accent" />}
      </span>
      {note && <span className="col-span-2 font-normal text-muted text-xs">{note}</span>}
    </SamePageLink>
  );
}

type Props = {
  words: ReactNode;
  isCompared: boolean;
  /** Null for a range that has no comparison but with chosen dates. */
  choices: readonly Comparable[] | null;
  /** Whether weekdays are matched, where that can be chosen. */
  weekdays: Comparable | null;
  /** The form for other dates: the page's path, its parameters, and the present dates. */
  form: { path: string; kept: [name: string, value: string][]; start: string; end: string };
};

/** The comparisons to choose from, with their dates; by weekday or by date. */
export function CompareMenu({ words, isCompared, choices, weekdays, form }: Props) {
  const iconLook = isCompared ? "" : "text-muted";
  return (
    <Popover
      id="compare"
      label="Compare with"
      buttonClass={`flex h-9 min-w-0 items-center gap-2 rounded-lg border px-3 font-medium hover:bg-raised max-sm:min-w-36 max-sm:flex-1 ${isCompared ? "border-accent bg-accent-soft text-accent-strong" : "border-line bg-surface"}`}
      panelClass="sm:w-80"
      button={
        <>
          <GitCompareArrows aria-hidden className={`size-4 shrink-0 ${iconLook}`} />
          <span className="truncate">{words}</span>
          <ChevronDown aria-hidden className={`ml-auto size-4 shrink-0 ${iconLook}`} />
        </>
      }
    >
      {choices ? (
        <nav aria-label="Comparisons" className="grid p-1.5">
          {choices.map((choice) => (
            <Choice key={choice.label} {...choice} />
          ))}
          {weekdays && (
            <div className="mt-1 border-line border-t pt-1">
              <Choice {...weekdays} />
            </div>
          )}
        </nav>
      ) : (
        <p className="p-4 text-muted">All time has no previous period. Choose the dates to compare with.</p>
      )}
      <form action={form.path} className="grid grid-cols-2 gap-x-2 gap-y-3 border-line p-4 not-first:border-t">
        <KeptParams params={form.kept} />
        <DateField label="Compare from" name="compareStart" value={form.start} />
        <DateField label="Compare to" name="compareEnd" value={form.end} />
        <QuietButton type="submit" className="col-span-2 justify-center">
          Compare with these days
        </QuietButton>
      </form>
    </Popover>
  );
}
