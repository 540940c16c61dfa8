import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";

const WINDOW_MS = 60_000;
const MOST_WRONG = 10;

/** When a wrong token was given, within the last window. */
let wrong: number[] = [];

/**
 * Compares a token with the one that was printed at start, in constant time. After ten wrong ones within a minute even
 * the right one has to wait, so that a short token chosen by hand cannot be guessed either.
 *
 * @param now epoch milliseconds
 */
export function checkSetupToken(given: string, expected: string, now: number): "right" | "wrong" | "wait" {
  wrong = wrong.filter((time) => now - time < WINDOW_MS);
  if (wrong.length >= MOST_WRONG) return "wait";
  if (timingSafeEqual(digest(given), digest(expected))) return "right";
  wrong.push(now);
  return "wrong";
}

/** Equal length whatever was given, as the comparison demands. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
