import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { log } from "@/lib/base/log";
import { beginRespelling, respellClicks, respellLinks } from "@/lib/click/respell";

/** Clicks to one step: some 50 ms. */
const STEP = 500;
/** Between steps, so that deliveries and questions have the better part of the database. */
const PAUSE_MS = 15;
const LOG_EVERY_MS = 5_000;

type Pace = { isStopped: () => boolean; step?: number; pauseMs?: number };

/**
 * Brings stored clicks and links to today's spelling, in small steps from where the last server has come to.
 *
 * @returns whether all is done; not when it was stopped or another server is at it
 * @throws whatever the database says
 */
export async function respellAll({ isStopped, step = STEP, pauseMs = PAUSE_MS }: Pace): Promise<boolean> {
  if (!(await beginRespelling())) return false;
  await respellLinks(isStopped);
  let changed = 0;
  let logged = Date.now();
  while (!isStopped()) {
    const done = await respellClicks(step);
    changed += done.changed;
    if (done.outcome === "elsewhere") return false;
    if (done.outcome === "done") {
      if (changed > 0) log.info({ changed }, "spelling: stored clicks have today’s spelling");
      return true;
    }
    if (Date.now() - logged > LOG_EVERY_MS) {
      logged = Date.now();
      const percent = Math.floor((Number(done.position) / Number(done.target)) * 100);
      log.info({ changed, percent }, "spelling: stored clicks are brought to today’s spelling");
    }
    await delay(pauseMs, undefined, { ref: false });
  }
  return false;
}
