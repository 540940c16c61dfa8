/** An instant as an address says it, without what is nought: `2026-08-01T09:00Z`. */
export function instantText(instant: Date): string {
  return instant.toISOString().replace(/(:00)?\.000Z$/, "Z");
}
