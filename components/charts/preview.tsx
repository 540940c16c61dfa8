"use client";

import { useSyncExternalStore } from "react";
import { inFull } from "@/components/ui/numbers";

/**
 * What the total and the chart would become with a row's value chosen: clicks, and clicks by start of buckets of a
 * granularity.
 */
export type Preview = { text: string; clicks: number; granularity: string; points: ReadonlyMap<number, number> };

let current: Preview | null = null;
const listeners = new Set<() => void>();

export function showPreview(preview: Preview | null): void {
  if (preview === current) return;
  current = preview;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The preview of the row under the pointer; null without one. */
export const usePreview = (): Preview | null =>
  useSyncExternalStore(
    subscribe,
    () => current,
    () => null,
  );

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
