import { clearLine, cursorTo } from "node:readline";
import { say } from "../steps";

const BAR_WIDTH = 28;
/** How often a log that nobody can rewrite gets a line. */
const LOG_EVERY_MS = 3_000;
const SCREEN_EVERY_MS = 100;

/** Shows how far a long run of events is, with its rate and what is left. Call `tell` as often as you like. */
export function createProgress(total: number): { tell: (done: number) => void } {
  const begun = performance.now();
  const { isTTY } = process.stdout;
  let shown = 0;
  return {
    tell: (done) => {
      const now = performance.now();
      if (done < total && now - shown < (isTTY ? SCREEN_EVERY_MS : LOG_EVERY_MS)) return;
      shown = now;
      const rate = done / ((now - begun) / 1000);
      const full = Math.round((done / total) * BAR_WIDTH);
      const bar = "█".repeat(full) + "░".repeat(BAR_WIDTH - full);
      const left = Math.ceil((total - done) / rate);
      const line = `${bar} ${done.toLocaleString("en-US")} of ${total.toLocaleString("en-US")} · ${Math.round(rate)}/s · ${left} s left`;
      if (!isTTY) return say(line);
      cursorTo(process.stdout, 0);
      clearLine(process.stdout, 0);
      process.stdout.write(done === total ? `${line}\n` : line);
    },
  };
}
