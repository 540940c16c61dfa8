"use client";

import { SHADES } from "./shades";

/** Legend of the shades with the start of each, in words. `lost`: some places have no clicks any more. */
export function Legend({ starts, lost = false }: { starts: readonly string[]; lost?: boolean }) {
  const weakest = SHADES.length - starts.length;
  return (
    <ul aria-label="Clicks by shade" className="flex items-start gap-1 text-muted text-xs tabular-nums">
      <li className="mr-2 grid gap-1">
        <span aria-hidden className={`h-2 w-8 rounded-sm ${SHADES[0]}`} />
        none
      </li>
      {starts.map((start, index) => (
        <li key={SHADES[weakest + index]} className="grid gap-1">
          <span aria-hidden className={`h-2 w-8 rounded-sm ${SHADES[weakest + index] ?? ""}`} />
          <span>
            <span className="sr-only">from </span>
            {start}
            {index === starts.length - 1 && <span aria-hidden>+</span>}
          </span>
        </li>
      ))}
      {lost && (
        <li className="ml-2 grid gap-1">
          <span
            aria-hidden
            className="h-2 w-8 rounded-sm bg-[repeating-linear-gradient(135deg,var(--color-strong-line)_0_2px,var(--color-shade-none)_2px_6px)]"
          />
          only before
        </li>
      )}
    </ul>
  );
}
