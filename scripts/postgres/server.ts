import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import { PROGRAM_ENV } from "@/scripts/postgres/programs";
import { becomesReady, endsWithin, hasEnded } from "@/scripts/run";
import { Failure } from "@/scripts/steps";

const STOP_LIMIT_MS = 30_000;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Command line of a process; empty when it doesn't exist. Slim images have /proc but no `ps`. */
function commandLine(pid: number): string {
  try {
    if (process.platform !== "linux") return execFileSync("ps", ["-p", String(pid), "-o", "command="]).toString();
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/** Whether a process still has its original parent, the start script. Orphans get another parent. */
function hasLivingRun(pid: number): boolean {
  if (process.platform !== "linux") return false;
  try {
    const [, parent] = /^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return commandLine(Number(parent)).includes("scripts/start.ts");
  } catch {
    return false;
  }
}

/**
 * Stops a server that a killed run left behind on a cluster. The caller holds the data directory's lock. Removes a lock
 * file whose process ID now belongs to another program (as after a container restart), because PostgreSQL would take
 * that for a running server.
 */
export async function stopOrphan(cluster: string): Promise<void> {
  const lockFile = join(cluster, "postmaster.pid");
  if (!existsSync(lockFile)) return;
  const pid = Number.parseInt(readFileSync(lockFile, "utf8"), 10);
  if (!(pid > 0) || !isAlive(pid)) return;
  if (!commandLine(pid).includes(`-D ${cluster} `)) {
    rmSync(lockFile, { force: true });
    return;
  }
  if (hasLivingRun(pid))
    throw new Failure(`Footfall is already running with the database in ${cluster}. Stop it first.`);
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + STOP_LIMIT_MS;
  while (isAlive(pid) && Date.now() < deadline) await delay(50);
  if (isAlive(pid)) {
    throw new Failure(`PostgreSQL from an earlier run still uses ${cluster}. Stop process ${pid} and start again.`);
  }
}

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  // Not needed, and a socket's path is limited to 107 bytes.
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "128MB",
  work_mem: "16MB",
  maintenance_work_mem: "64MB",
  max_wal_size: "1GB",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
};

const LOG_LIMIT_BYTES = 10_000_000;
const FIRST_RETRY_MS = 100;
const LONGEST_PROBE_WAIT_MS = 500;
const LONGEST_RETRY_MS = 5_000;
/** Signals and how long to wait: fast shutdown, immediate shutdown (recovery at the next start), kill. */
const STOPS = [
  ["SIGINT", 5_000],
  ["SIGQUIT", 1_500],
  ["SIGKILL", 1_500],
] as const;

const WRONG_PASSWORD =
  "PostgreSQL rejected the password in the data directory's postgres.password. Restore the one that was backed up with the database.";

type ServerPlan = {
  /** Program and arguments, without settings. */
  command(args: readonly string[]): [string, string[], { uid?: number; gid?: number }];
  directory: string;
  logFile: string;
  port: number;
  /** URL of a database that always exists, to probe readiness. */
  probeUrl: string;
};

function launch({ command, directory, logFile, port }: ServerPlan): ChildProcess {
  const settings = Object.entries({ port: String(port), ...SETTINGS }).map(([name, value]) => `--${name}=${value}`);
  const [program, args, credentials] = command(["-D", directory, ...settings]);
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  const log = openSync(logFile, size > LOG_LIMIT_BYTES ? "w" : "a", 0o600);
  // Own session: Ctrl-C must not stop it before the last request is answered.
  const child = spawn(program, args, {
    ...credentials,
    cwd: "/",
    detached: true,
    env: PROGRAM_ENV,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  // A failed start counts as an exit.
  child.on("error", () => {});
  return child;
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch (error) {
    if (error instanceof DatabaseError && error.code?.startsWith("28")) throw new Failure(WRONG_PASSWORD);
    return false;
  }
}

/** @returns false when the server exits first. Recovery after a crash may take minutes. */
const answersSoon = (child: ChildProcess, { probeUrl }: ServerPlan, signal: AbortSignal): Promise<boolean> =>
  becomesReady(child, () => answers(probeUrl), signal, { longestWaitMs: LONGEST_PROBE_WAIT_MS });

async function shutDown(child: ChildProcess): Promise<void> {
  for (const [signal, limitMs] of STOPS) {
    child.kill(signal);
    if (await endsWithin(child, limitMs)) return;
  }
}

/**
 * Runs PostgreSQL until `stop`. After a crash it is restarted on the same port with growing intervals of up to five
 * seconds, because a killed server's shared memory stays in use for a moment.
 *
 * @param tell gets a sentence when it has crashed and when it is back
 * @returns undefined when it could not be started; the log file has the reason
 */
export async function runServer(
  plan: ServerPlan,
  tell: (sentence: string) => void,
  signal: AbortSignal,
): Promise<{ stop: () => Promise<void> } | undefined> {
  const stopping = new AbortController();
  let child = launch(plan);
  let revival: Promise<void> = Promise.resolve();

  const startAgain = async () => {
    try {
      child = launch(plan);
      return await answersSoon(child, plan, stopping.signal);
    } catch (error) {
      if (!stopping.signal.aborted) tell(`Restarting PostgreSQL failed: ${String(error)}`);
      return false;
    }
  };
  const revive = async () => {
    tell("PostgreSQL crashed. Restarting it.");
    for (let wait = FIRST_RETRY_MS; ; wait = Math.min(wait * 2, LONGEST_RETRY_MS)) {
      await delay(wait, undefined, { signal: stopping.signal });
      if (await startAgain()) break;
    }
    tell("PostgreSQL is running again.");
    watch();
  };
  const watch = () => {
    const died = () => {
      if (!stopping.signal.aborted) revival = revive().catch(() => {});
    };
    if (hasEnded(child)) died();
    else child.once("exit", died);
  };

  try {
    if (!(await answersSoon(child, plan, signal))) return undefined;
  } catch (error) {
    await shutDown(child);
    throw error;
  }
  watch();
  return {
    stop: async () => {
      stopping.abort();
      await revival;
      await shutDown(child);
    },
  };
}
