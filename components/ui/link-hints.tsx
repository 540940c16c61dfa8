"use client";

import { type RefObject, useEffect, useState } from "react";
import { center, linkAt } from "./field-links";
import type { Point } from "./neighbour";

/** A link's name, and where in the field it is shown. */
type Hint = Point & { text: string };

/** Half of the widest hint: it stays inside the field. */
const REACH = 128;

/** Shows the name of the link that the pointer is on or that the keyboard has reached. Escape hides it. */
export function LinkHints({ field: ref }: { field: RefObject<HTMLElement | null> }) {
  const [hint, setHint] = useState<Hint | null>(null);

  useEffect(() => {
    const field = ref.current;
    if (!field) return;
    const show = (link: Element | null, point: Point) => {
      const text = link?.getAttribute("aria-label") ?? link?.textContent;
      const { left, top, width } = field.getBoundingClientRect();
      const x = Math.min(Math.max(point.x - left, REACH), width - REACH);
      setHint(text ? { text, x, y: point.y - top } : null);
    };
    const hide = () => setHint(null);
    const onPointer = ({ pointerType, target, clientX, clientY }: PointerEvent) => {
      if (pointerType !== "touch") show(linkAt(target), { x: clientX, y: clientY });
    };
    const onFocus = ({ target }: FocusEvent) => {
      const link = linkAt(target);
      if (link?.matches(":focus-visible")) show(link, center(link));
    };
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === "Escape") hide();
    };
    const listening = new AbortController();
    field.addEventListener("pointermove", onPointer, listening);
    field.addEventListener("pointerleave", hide, listening);
    field.addEventListener("focusin", onFocus, listening);
    field.addEventListener("focusout", hide, listening);
    field.addEventListener("keydown", onKey, listening);
    field.addEventListener("click", hide, listening);
    return () => listening.abort();
  }, [ref]);

  if (!hint) return null;
  const [name, ...numbers] = hint.text.split(": ");
  return (
    // The link itself says the same.
    <div
      aria-hidden
      className="pointer-events-none absolute z-10 w-max max-w-64 -translate-x-1/2 -translate-y-full rounded-lg border border-line bg-surface px-3 py-2 shadow-lg print:hidden"
      style={{ left: hint.x, top: hint.y - 10 }}
    >
      <p className="text-muted text-xs">{name}</p>
      <p className="mt-0.5 font-medium tabular-nums">{numbers.join(": ")}</p>
    </div>
  );
}
