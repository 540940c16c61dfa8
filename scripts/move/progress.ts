import { say } from "@/scripts/steps";

/** Interval of lines. */
const EVERY_MS = 5_000;

/** "about 40 s left", from what is done in how long. */
export function estimate(done: number, total: number, ms: number): string {
  if (done === 0 || total <= done) return "nearly done";
  const seconds = Math.ceil(((total - done) / done) * (ms / 1_000));
  return seconds < 100 ? `about ${seconds} s left` : `about ${Math.ceil(seconds / 60)} min left`;
}

/** Says now and then how far a copy is. */
export function progress(name: string, total: number): (rows: number) => void {
  const begun = performance.now();
  let said = begun;
  return (rows) => {
    const now = performance.now();
    if (now - said < EVERY_MS) return;
    said = now;
    const [done, all] = [rows, Math.max(rows, total)].map((n) => n.toLocaleString("en-US"));
    say(`  ${name}: ${done} of ${all} rows, ${estimate(rows, total, now - begun)}`);
  };
}
