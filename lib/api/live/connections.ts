import "server-only";
import { AppError } from "@/lib/base/errors";
import { single } from "@/lib/base/runtime";

/** One for each browser is enough; people have several, and tabs without a shared worker. */
const MOST_OF_ONE = 12;
/** Each asks the database a question for every tenth of a second in which clicks come. */
const MOST_OF_ALL = 200;

const taken = single("live places", () => new Map<string, number>());

/**
 * Acquires one of the limited live connections.
 *
 * @param owner whose it is
 * @returns gives it back
 * @throws AppError when there are none left, for them or for anybody
 */
export function acquireConnection(owner: string): () => void {
  const places = taken();
  const own = places.get(owner) ?? 0;
  if (own >= MOST_OF_ONE)
    throw new AppError("rate_limit_exceeded", "Live is open in too many tabs of this session. Close one first.");
  if ([...places.values()].reduce((sum, count) => sum + count, 0) >= MOST_OF_ALL)
    throw new AppError("unavailable", "Too many live connections. Try again in a moment.", { "Retry-After": "10" });
  places.set(owner, own + 1);
  let isBack = false;
  return () => {
    if (isBack) return;
    isBack = true;
    const left = (places.get(owner) ?? 1) - 1;
    if (left > 0) places.set(owner, left);
    else places.delete(owner);
  };
}
