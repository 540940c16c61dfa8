"use client";

import { usePreview } from "@/components/charts/preview";
import { inFull } from "@/components/ui/numbers";

/** The total with the value of the row under the pointer. */
export function PreviewedClicks() {
  const preview = usePreview();
  if (!preview) return null;
  return (
    <p
      aria-hidden
      className="pointer-events-none absolute z-10 max-w-64 truncate rounded-md border border-line bg-surface px-2 py-1 text-xs shadow-lg"
    >
      {preview.text}: <span className="font-semibold tabular-nums">{inFull(preview.clicks)}</span>
    </p>
  );
}
