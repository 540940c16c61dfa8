"use client";

import { ChartLine, Funnel, X } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { inFull } from "@/components/ui/numbers";
import { useShortcut } from "@/components/ui/use-shortcut";

const FORM = "selected-links";
/** A checkbox of 16 px that is hit within 44 px. */
const HIT = "-m-3.5 grid size-11 select-none place-items-center";

type TickProps = { value: string; name: string };

/** A row's checkbox; `value` as the parameter `linkId` has it. */
export const SelectLink = ({ value, name }: TickProps) => (
  <label className={HIT}>
    <input
      type="checkbox"
      form={FORM}
      name="linkId"
      value={value}
      aria-label={`Select ${name}`}
      className="size-4 accent-accent"
    />
  </label>
);

const ticks = () => [...document.querySelectorAll<HTMLInputElement>(`input[type=checkbox][form=${FORM}]`)];
const countTicked = () => ticks().filter(({ checked }) => checked).length;

/** Number of selected links. The checkboxes hold the selection, so that the form works before this script has loaded. */
function useTicked(): number {
  const [ticked, setTicked] = useState(0);
  useEffect(() => {
    const update = () => setTicked(countTicked());
    update();
    document.addEventListener("change", update);
    return () => document.removeEventListener("change", update);
  }, []);
  return ticked;
}

function tick(boxes: readonly HTMLInputElement[], checked: boolean): void {
  for (const box of boxes) box.checked = checked;
  document.dispatchEvent(new Event("change"));
}

/** In the table's head: selects all links of this page, or none. */
export function SelectAll({ total }: { total: number }) {
  const ticked = useTicked();
  const isSome = ticked > 0 && ticked < total;
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = isSome;
  }, [isSome]);
  return (
    <label className={`${HIT} noscript:hidden`}>
      <input
        ref={box}
        type="checkbox"
        aria-label="Select all links on this page"
        checked={ticked === total}
        onChange={({ target }) => tick(ticks(), target.checked)}
        className="size-4 accent-accent"
      />
    </label>
  );
}

/** With Shift, the checkboxes from the last one that was clicked to this one become like this one. */
function useShiftRange(): void {
  useEffect(() => {
    let last: HTMLInputElement | null = null;
    const onClick = ({ target, shiftKey }: MouseEvent) => {
      const boxes = ticks();
      const box = boxes.find((own) => own === target);
      if (!box) return;
      const ends = [boxes.indexOf(box), last ? boxes.indexOf(last) : -1].sort((a, b) => a - b);
      const [from = -1, to = -1] = ends;
      if (shiftKey && from >= 0) tick(boxes.slice(from, to + 1), box.checked);
      last = box;
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, []);
}

const LOOK = "tool max-sm:h-11";

type Props = { most: number; isPart: boolean; children: ReactNode };

/**
 * What can be done with the selected links: a bar at the bottom, hidden by CSS while none is. `most`: how many can be
 * compared; `isPart`: there are other pages; `children`: hidden fields.
 */
export function SelectionBar({ most, isPart, children }: Props) {
  useShiftRange();
  const ticked = useTicked();
  const clear = () => tick(ticks(), false);
  useShortcut(ticked > 0 ? "escape" : null, clear);
  const isTooMany = ticked > most;
  return (
    <form
      id={FORM}
      action="/compare"
      aria-label="Selected links"
      className="sticky bottom-[calc(4.5rem+env(safe-area-inset-bottom))] z-10 mx-auto hidden w-full max-w-2xl flex-wrap items-center gap-2 rounded-2xl border border-strong-line bg-surface p-2 pl-4 shadow-lg group-has-[tbody_input:checked]/links:flex sm:bottom-4 sm:w-fit print:hidden"
    >
      {children}
      <p role="status" className="mr-auto font-medium tabular-nums sm:mr-2">
        {ticked === 0 ? "Selected" : `${inFull(ticked)} selected`}
        {isPart && <span className="text-muted max-sm:sr-only"> on this page</span>}
      </p>
      <button type="submit" formAction="/links/filter" className={LOOK}>
        <Funnel aria-hidden className="size-4 text-muted max-sm:hidden" />
        Show clicks
      </button>
      <button
        type="submit"
        disabled={isTooMany}
        aria-describedby={isTooMany ? "too-many-links" : undefined}
        className={`${LOOK} disabled:cursor-not-allowed disabled:text-muted disabled:hover:bg-surface`}
      >
        <ChartLine aria-hidden className="size-4 text-muted max-sm:hidden" />
        <span>
          Compare<span className="max-sm:sr-only"> links</span>
        </span>
      </button>
      <button
        type="reset"
        aria-label="Clear selection"
        title="Clear (Esc)"
        onClick={(event) => {
          event.preventDefault();
          clear();
        }}
        className="grid size-9 place-items-center rounded-lg text-muted hover:bg-raised hover:text-ink max-sm:size-11"
      >
        <X aria-hidden className="size-4" />
      </button>
      {isTooMany && (
        <p id="too-many-links" className="basis-full text-muted text-xs">
          {`You can compare up to ${most} links at once.`}
        </p>
      )}
    </form>
  );
}
