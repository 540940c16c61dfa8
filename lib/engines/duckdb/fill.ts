import { setTimeout as delay } from "node:timers/promises";
import { type Batch, type Copy, isOf } from "@/lib/engines/duckdb/copy";
import type { CopyPosition, Source } from "@/lib/engines/duckdb/source";

type Write = (details: Record<string, unknown>, message: string) => void;
export type Log = { info: Write; warn: Write; error: Write };

const LOG_EVERY_MS = 5_000;
const LOCK_PAUSE_MS = 200;

type Options = {
  source: Source;
  /** Clicks per step. */
  step: number;
  log: Log;
  isStopped: () => boolean;
  /** Clicks so far, and the share of those that were missing, from 0 to 1. */
  onProgress: (clicks: number, progress: number) => void;
};

/** Fills a copy in steps: memory stays constant, and a crash loses one step. @returns the number of clicks */
export async function fillCopy(copy: Copy, options: Options): Promise<number> {
  const { source, step, log, isStopped, onProgress } = options;
  const begun = Date.now();
  const resumed = await verified(copy, source);
  let [clicks, logged] = [resumed, begun];
  for (let isLast = false; !isLast; ) {
    const end = await gapFreeEnd(options);
    if (!end) return clicks;
    const first = copy.state().last;
    // New clicks arrive all the time; the first question copies the rest.
    isLast = end.last - first < step;
    for await (const batch of batchesOf(copy, end, options)) {
      clicks += await copy.append(batch);
      const progress = Number(copy.state().last - first) / Number(end.last - first);
      onProgress(clicks, progress);
      if (Date.now() - logged < LOG_EVERY_MS) continue;
      logged = Date.now();
      log.info({ clicks, percent: Math.floor(progress * 100) }, "mirror: filling");
    }
    if (isStopped()) return clicks;
  }
  const seconds = Math.round((Date.now() - begun) / 1000);
  log.info({ clicks, copied: clicks - resumed, seconds }, "mirror: current");
  return clicks;
}

/** Empties a copy of other data. @returns the number of clicks that it has */
async function verified(copy: Copy, source: Source): Promise<number> {
  const { last } = copy.state();
  const position = await source.position(last);
  const { pruned } = position;
  if (isOf(copy.state(), position)) {
    await copy.prune(pruned);
    const clicks = await copy.count();
    // Clicks may have been deleted by hand, or a backup restored.
    if (clicks === (last === 0n ? 0 : await source.count(last, pruned))) return clicks;
  }
  await copy.restart(position.fingerprint, pruned);
  return 0;
}

async function gapFreeEnd({ source, isStopped }: Options): Promise<CopyPosition | null> {
  while (!isStopped()) {
    const place = await source.gapFreePosition();
    if (place) return place;
    await delay(LOCK_PAUSE_MS);
  }
  return null;
}

/** Batches up to a position. The next one is fetched while one is taken in, as Postgres and DuckDB use a core each. */
async function* batchesOf(copy: Copy, end: CopyPosition, { source, step, isStopped }: Options): AsyncGenerator<Batch> {
  const fetchAfter = async (after: bigint) =>
    after < end.last && !isStopped() ? copy.fetch(source, after, await source.further(after, end, step)) : null;
  let next = fetchAfter(copy.state().last);
  try {
    for (let batch = await next; batch; batch = await next) {
      next = fetchAfter(batch.end.last);
      // Awaited below, after the batch has been taken in.
      next.catch(() => {});
      yield batch;
    }
  } finally {
    const rest = await next.catch(() => null);
    if (rest) await copy.drop(rest);
  }
}
