import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { becomesReady, endsWithin, hasEnded, run, serverArgs, signalGroup } from "@/scripts/run";
import { Failure, say } from "@/scripts/steps";

/** Checks the port before anything slow happens. @throws Failure when the server could not listen on it */
export function assertPortFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "EADDRINUSE"
          ? `Port ${port} is in use. Stop the other program or set PORT to another number.`
          : `Port ${port} cannot be used (${error.code}). Set PORT to another number.`;
      reject(new Failure(reason, { cause: error }));
    });
    server.listen(port, () => server.close(() => resolve()));
  });
}

/** Creates the account in the settings, if any. @returns whether an account exists */
export async function ensureAccount(signal: AbortSignal): Promise<boolean> {
  // In a child process: it needs the generated Prisma client, and its memory is freed afterwards.
  const { code, output } = await run(process.execPath, serverArgs("scripts/owner.ts"), { signal });
  if (code !== 0) throw new Failure(`The owner account couldn’t be set up:\n${output.trim()}`);
  return !output.trim().endsWith("missing");
}

const READY_LIMIT_MS = 60_000;
const PROBE_LIMIT_MS = 3_000;
/** Leaves time for PostgreSQL to stop within the twenty seconds that supervisors allow. */
const STOP_LIMIT_MS = 12_000;
const MOST_CRASHES = 5;
const CRASH_WINDOW_MS = 60_000;

/** Lines of Next's banner, which shows the wrong URL. */
const BANNER = /^\s*(▲ Next\.js|- (Local|Network|Environments|Experiments)\b|· |✓ |$)/;

/** Starts server.ts and prints its output without Next's banner. */
export function launch(port: number, environment: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, serverArgs("server.ts"), {
    env: { ...environment, PORT: String(port), NEXT_TELEMETRY_DISABLED: "1" },
    // Own session: Ctrl-C reaches only this process, which stops everything in order. The channel closes if it dies.
    detached: true,
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  if (child.stdout) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (!BANNER.test(line)) say(line);
    });
  }
  return child;
}

async function waitUntilReady(child: ChildProcess, port: number, signal: AbortSignal): Promise<void> {
  let last = "no answer";
  const isHealthy = async () => {
    const limit = AbortSignal.timeout(PROBE_LIMIT_MS);
    const response = await fetch(`http://127.0.0.1:${port}/api/health`, { signal: limit }).catch(() => null);
    if (response && !response.ok) last = `${response.status} ${await response.text().catch(() => "")}`;
    return response?.ok ?? false;
  };
  if (await becomesReady(child, isHealthy, signal, { limitMs: READY_LIMIT_MS })) return;
  if (hasEnded(child)) throw new Failure("The server exited during startup. See the lines above.");
  throw new Failure(`The server didn’t become ready. Last answer of /api/health: ${last}`);
}

/** Stops the server and all its children. */
export async function shutDown(child: ChildProcess): Promise<void> {
  child.kill("SIGTERM");
  if (await endsWithin(child, STOP_LIMIT_MS)) return;
  signalGroup(child, "SIGKILL");
  await endsWithin(child, STOP_LIMIT_MS);
}

/**
 * Runs server.ts and restarts it after a crash.
 *
 * @returns once /api/health has answered 200. `stop` finishes open requests and stops the server within twelve seconds;
 *   `failed` rejects after too many crashes
 * @throws Failure when the server isn't ready within a minute
 */
export async function serve(port: number, environment: NodeJS.ProcessEnv, signal: AbortSignal) {
  let stopping = false;
  let child = launch(port, environment);
  const crashes: number[] = [];

  try {
    await waitUntilReady(child, port, signal);
  } catch (error) {
    await shutDown(child);
    throw error;
  }
  const failed = new Promise<never>((_, reject) => {
    const watch = () => {
      child.once("exit", (code, killer) => {
        if (stopping) return;
        crashes.push(Date.now());
        const recent = crashes.filter((time) => time > Date.now() - CRASH_WINDOW_MS).length;
        if (recent > MOST_CRASHES) {
          reject(new Failure(`The server crashed ${recent} times within a minute. See the lines above.`));
          return;
        }
        say(`The server crashed (${killer ?? `code ${code}`}). Restarting it.`);
        child = launch(port, environment);
        watch();
      });
    };
    watch();
  });
  return {
    failed,
    stop: async () => {
      stopping = true;
      await shutDown(child);
    },
  };
}
