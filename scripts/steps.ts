import { clearLine, cursorTo } from "node:readline";

const TICK_MS = 1_000;
/** Interval of progress lines when output isn't a terminal. */
const REMINDER_S = 10;

const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(1);

/** Prints one line. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/**
 * Does one step and prints its name and how long it took: in place on a terminal, else a line when it is done and,
 * while it lasts, one after the first second and one every ten seconds.
 */
export async function step<T>(title: string, work: () => Promise<T> | T): Promise<T> {
  const begun = performance.now();
  const { isTTY } = process.stdout;
  const rewrite = (line: string) => {
    cursorTo(process.stdout, 0);
    clearLine(process.stdout, 0);
    process.stdout.write(line);
  };
  if (isTTY) rewrite(`  ${title}`);
  let ticks = 0;
  const timer = setInterval(() => {
    ticks++;
    const line = `  ${title} … ${ticks} s`;
    if (isTTY) rewrite(line);
    else if (ticks === 1 || ticks % REMINDER_S === 0) say(line);
  }, TICK_MS);
  const finish = (mark: string) => {
    clearInterval(timer);
    const line = `${mark} ${title} (${seconds(begun)} s)`;
    if (isTTY) rewrite(`${line}\n`);
    else say(line);
  };
  try {
    const result = await work();
    finish("✓");
    return result;
  } catch (error) {
    finish("✗");
    throw error;
  }
}
