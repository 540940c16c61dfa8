import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";

/** Whether a module, by its own address, is the script that was started rather than one that was imported. */
export function isEntry(moduleUrl: string): boolean {
  return process.argv[1] !== undefined && moduleUrl === pathToFileURL(process.argv[1]).href;
}

/** Arguments for Node to run one of our files as the server does: with the modules that are for servers only. */
export const serverArgs = (file: string): string[] => ["--conditions=react-server", "--import", "tsx", file];

export const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** Waits for the end of a child, at most so long. */
export async function endsWithin(child: ChildProcess, limitMs: number): Promise<boolean> {
  if (hasEnded(child)) return true;
  const end = once(child, "exit").catch(() => {});
  await Promise.race([end, delay(limitMs, undefined, { ref: false })]);
  return hasEnded(child);
}

/**
 * Asks again and again, rarer with time, until `isReady` says so.
 *
 * @returns false when the child ended before, or the time was over
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

/** Time for a program to end its own helpers, some of which lead a group of their own. */
const GRACE_MS = 2_000;

/** Signals a child and everything it started; the child must lead a process group of its own (`detached`). */
export function signalGroup(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): void {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch {
    // Gone already.
  }
}

/**
 * Runs a program to its end, with what it prints kept instead of shown. It gets a session of its own, so that Ctrl-C in
 * the terminal reaches only us; an abort ends it with all its children.
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
