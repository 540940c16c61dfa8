import { single } from "@/lib/base/runtime";

type State = { inRow: number; lastAt: Date | null };

const state = single("failures", (): State => ({ inRow: 0, lastAt: null }));

/** The sender counts this attempt as failed: after 20 in a row it switches the webhook off. */
export function noteFailure(now = new Date()): void {
  state().inRow++;
  state().lastAt = now;
}

/** The sender begins to count anew. */
export function noteSuccess(): void {
  state().inRow = 0;
}

/** Failed attempts since the last delivery that this server took, and when the last of all was. */
export function failuresInRow(): { failures: number; lastFailureAt: string | null } {
  return { failures: state().inRow, lastFailureAt: state().lastAt?.toISOString() ?? null };
}
