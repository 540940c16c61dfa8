import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";

/** Maximum number of cached rows. A year of quarter hours has 35,040. */
const MAX_ROWS = 200_000;
/** Larger answers aren't cached. */
const MAX_ANSWER_ROWS = 50_000;
const MAX_ANSWERS = 500;

/** A question may contain thousands of link ids; its hash is short. */
const nameOf = (question: readonly unknown[]) => createHash("sha256").update(JSON.stringify(question)).digest("base64");

/** LRU cache of answers for one version of the data; concurrent identical queries share one answer. */
export function createCache<Answer extends readonly unknown[]>() {
  const known = new LRUCache<string, Answer, () => Promise<Answer>>({
    max: MAX_ANSWERS,
    maxSize: MAX_ROWS,
    maxEntrySize: MAX_ANSWER_ROWS,
    // An answer without rows takes some space too.
    sizeCalculation: ({ length }) => Math.max(1, length),
    fetchMethod: (_name, _stale, { context: answer }) => answer(),
    // Callers still get the answer after it has been evicted.
    ignoreFetchAbort: true,
  });
  let of = "";

  return function remember(
    version: string,
    question: readonly unknown[],
    answer: () => Promise<Answer>,
  ): Promise<Answer> {
    if (version !== of) {
      known.clear();
      of = version;
    }
    return known.forceFetch(nameOf([version, ...question]), { context: answer });
  };
}
