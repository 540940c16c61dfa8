import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { type Copy, isOf } from "@/lib/mirror/copy";
import type { Place, Source } from "@/lib/mirror/source";

/** DuckDB keeps so many rows together; a step that ends elsewhere has its last ones written twice. */
const ROW_GROUP = 122_880;
/** Clicks per step: bounds the file between the two databases (some 60 MB), and what is done again after a crash. */
const STEP = 2 * ROW_GROUP;
const LOG_EVERY_MS = 5_000;
const SETTLE_PAUSE_MS = 200;

type Watch = {
  /** Clicks per step. */
  step?: number;
  isStopped: () => boolean;
  /** @param progress 0 to 1 */
  onProgress: (clicks: number, progress: number) => void;
  log: { info: (details: Record<string, unknown>, message: string) => void };
};

/**
 * Brings a copy that lags far behind up to date, in steps, so that memory stays constant and a crash loses one step. One
 * that is of other data, or has another number of clicks than Postgres, begins anew.
 */
export async function fillCopy(
  copy: Copy,
  source: Source,
  { step = STEP, isStopped, onProgress, log }: Watch,
): Promise<void> {
  const begun = Date.now();
  let clicks = await verified(copy, source);
  const resumed = clicks;
  let logged = begun;
  for (;;) {
    const end = await settled(source, isStopped);
    if (!end || isStopped()) return;
    const first = copy.state().last;
    const isLast = end.last - first < step;
    while (copy.state().last < end.last && !isStopped()) {
      clicks += await copy.append(source, await source.further(copy.state().last, end, step));
      const progress = Number(copy.state().last - first) / Number(end.last - first);
      onProgress(clicks, progress);
      if (Date.now() - logged < LOG_EVERY_MS) continue;
      logged = Date.now();
      log.info({ clicks, percent: Math.floor(progress * 100) }, "mirror: filling");
    }
    // New clicks come all the time; what has come meanwhile the first question takes in.
    if (isLast) break;
  }
  onProgress(clicks, 1);
  const seconds = Math.round((Date.now() - begun) / 1000);
  log.info({ clicks, copied: clicks - resumed, seconds }, "mirror: current");
}

/** Empties a copy that is not what Postgres has. @returns how many clicks it holds */
async function verified(copy: Copy, source: Source): Promise<number> {
  const { last } = copy.state();
  const position = await source.position(last);
  const clicks = await copy.count();
  // Somebody may have deleted clicks by hand, or the file may be from before a backup was restored.
  if (isOf(copy.state(), position) && clicks === (last === 0n ? 0 : await source.count(last))) return clicks;
  await copy.restart(position.fingerprint);
  return 0;
}

async function settled(source: Source, isStopped: () => boolean): Promise<Place | null> {
  while (!isStopped()) {
    const place = await source.settled();
    if (place) return place;
    await delay(SETTLE_PAUSE_MS);
  }
  return null;
}
