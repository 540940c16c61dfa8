/** What a form at the entrance shows after it was sent; `null` before. */
export type EntryState = {
  /** Concerns the whole form. */
  message?: string;
  /** By the name of the field. */
  errors: Record<string, string>;
  /** What was typed, but for passwords. */
  values: Record<string, string>;
} | null;
