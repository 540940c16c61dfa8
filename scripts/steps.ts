import { clearLine, cursorTo } from "node:readline";

/** An expected failure of a command. The message says what to do and contains no secrets. */
export class Failure extends Error {
  override readonly name = "Failure";
}

/** The code of a system or database error. */
export const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);

const TICK_MS = 1_000;
/** Interval of progress lines when output isn't a terminal. */
const REMINDER_S = 10;

/** Prints one line. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Overwrites the current line of a terminal. */
export function rewrite(line: string): void {
  cursorTo(process.stdout, 0);
  clearLine(process.stdout, 0);
  process.stdout.write(line);
}

/**
 * Runs a step and prints its name and duration: in place on a terminal, else one line at the end, plus one after the
 * first second and every ten seconds while it runs.
 */
export async function step<T>(title: string, work: () => Promise<T> | T): Promise<T> {
  const begun = performance.now();
  const { isTTY } = process.stdout;
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
    const line = `${mark} ${title} (${((performance.now() - begun) / 1000).toFixed(1)} s)`;
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

/** Parses an option. @throws Failure when it isn't a whole number of at least `least` */
export function wholeNumber(name: string, text: string, least = 1): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new Failure(`--${name} must be a whole number from ${least}, not "${text}".`);
}

/** Runs a command and exits, with code 1 after a failure. `help` explains the options. */
export async function runCommand(work: () => Promise<void>, help = ""): Promise<never> {
  try {
    await work();
  } catch (error) {
    const isUsage = error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
    console.error(error instanceof Failure ? error.message : isUsage ? `${error.message}\n\n${help}` : error);
    process.exitCode = 1;
  }
  process.exit();
}
