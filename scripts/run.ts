import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";

/** Whether a module (its `import.meta.url`) is the program's entry point. */
export function isEntry(moduleUrl: string): boolean {
  return process.argv[1] !== undefined && moduleUrl === pathToFileURL(process.argv[1]).href;
}

/** Node's arguments to run a TypeScript file that imports server-only modules. */
export const serverArgs = (file: string): string[] => ["--conditions=react-server", "--import", "tsx", file];

export const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** Waits for a child to exit. @returns false after the time limit */
export async function endsWithin(child: ChildProcess, limitMs: number): Promise<boolean> {
  if (hasEnded(child)) return true;
  const end = once(child, "exit").catch(() => {});
  await Promise.race([end, delay(limitMs, undefined, { ref: false })]);
  return hasEnded(child);
}

/**
 * Polls `isReady` with growing intervals until it returns true.
 *
 * @returns false when the child exits first, or after the time limit
 * @throws the signal's reason after an abort, and whatever `isReady` throws
 */
export async function becomesReady(
  child: ChildProcess,
  isReady: () => Promise<boolean>,
  signal: AbortSignal,
  { limitMs = Number.POSITIVE_INFINITY, longestWaitMs = 40 } = {},
): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  for (let wait = 20; !hasEnded(child) && performance.now() < deadline; wait = Math.min(wait * 1.5, longestWaitMs)) {
    signal.throwIfAborted();
    if (await isReady()) return true;
    await delay(wait);
  }
  return false;
}

type Finished = { code: number | null; output: string };

/** Time for a program to stop its own children, some of which are in other process groups. */
const GRACE_MS = 2_000;

/** Signals a child's process group. The child must have been started with `detached`. */
export function signalGroup(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): void {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch {
    // Already gone.
  }
}

/**
 * Runs a program and captures its output. It has its own session, so that Ctrl-C in the terminal reaches only this
 * process; an abort ends it and its children.
 *
 * @throws the signal's reason after an abort; a system error when the program cannot be started
 */
export async function run(
  command: string,
  args: readonly string[],
  { signal, ...options }: Omit<SpawnOptions, "signal"> & { signal?: AbortSignal | undefined } = {},
): Promise<Finished> {
  signal?.throwIfAborted();
  const child = spawn(command, args, { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  let timer: NodeJS.Timeout | undefined;
  const abort = () => {
    signalGroup(child, "SIGTERM");
    timer = setTimeout(() => signalGroup(child, "SIGKILL"), GRACE_MS);
  };
  signal?.addEventListener("abort", abort);
  try {
    const [code] = await once(child, "close");
    signal?.throwIfAborted();
    return { code, output };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}
