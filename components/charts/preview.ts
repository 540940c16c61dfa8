"use client";

import { useSyncExternalStore } from "react";

/** What the total and the chart would become with a row's value chosen: clicks, and clicks by start of the bucket. */
export type Preview = { text: string; clicks: number; points: ReadonlyMap<number, number> };

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
