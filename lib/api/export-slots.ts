import "server-only";
import { AppError } from "@/lib/base/errors";
import type { Source } from "@/lib/base/http/download";
import { text as words } from "@/lib/base/problems";
import { single } from "@/lib/base/runtime";

/** Exports of clicks that one person or key may run at a time: others must have room. */
const MOST_OF_ONE = 2;

const running = single("running exports", () => new Map<string, number>());

/**
 * Takes one of an asker's places for exports of clicks.
 *
 * @returns gives it back; harmless when called again
 * @throws AppError rate_limit_exceeded when all are taken
 */
export function takeSlot(asker: string): () => void {
  const of = running();
  const count = of.get(asker) ?? 0;
  if (count >= MOST_OF_ONE)
    throw new AppError("rate_limit_exceeded", words.exports.several(MOST_OF_ONE), { "Retry-After": "30" });
  of.set(asker, count + 1);
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    const left = (of.get(asker) ?? 1) - 1;
    if (left > 0) of.set(asker, left);
    else of.delete(asker);
  };
}

/**
 * A source that tells its end once, however it comes. When the signal aborts it is closed: a client may go away before the
 * first byte, which nothing else tells.
 */
export function endingWith(source: Source, onEnd: () => void, signal: AbortSignal | null): Source {
  function end(): void {
    signal?.removeEventListener("abort", close);
    onEnd();
  }
  function close(): void {
    source.close();
    end();
  }
  signal?.addEventListener("abort", close);
  if (signal?.aborted) close();
  return {
    close,
    async next() {
      try {
        const bytes = await source.next();
        if (!bytes) end();
        return bytes;
      } catch (error) {
        end();
        throw error;
      }
    },
  };
}
