import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { signalGroup } from "@/scripts/run";
import { Failure, say } from "@/scripts/steps";

/**
 * Sees whether the server will be able to listen, before anything slow is done.
 *
 * @throws Failure when it will not
 */
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

const READY_LIMIT_MS = 60_000;
const PROBE_LIMIT_MS = 3_000;
/** The server usually stops sooner; PostgreSQL must still stop within the twenty seconds that supervisors allow. */
const STOP_LIMIT_MS = 12_000;
const MOST_CRASHES = 5;
const CRASH_WINDOW_MS = 60_000;

/** Next's own greeting, which would name an address that is not the one to open. */
const BANNER = /^\s*(▲ Next\.js|- (Local|Network|Environments|Experiments)\b|· |✓ |$)/;

/** What runs server.ts: with the modules that say they are for servers only. */
export const SERVER_ARGS = ["--conditions=react-server", "--import", "tsx", "server.ts"];

function launch(port: number, environment: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, SERVER_ARGS, {
    env: { ...environment, PORT: String(port), NEXT_TELEMETRY_DISABLED: "1" },
    // A session of its own: Ctrl-C reaches us alone, and we stop things in order. The channel tells it should we vanish.
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

export const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

async function waitUntilReady(child: ChildProcess, port: number, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + READY_LIMIT_MS;
  let last = "no answer";
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    if (hasEnded(child)) throw new Failure("The server exited during startup. See the lines above.");
    try {
      const response = await fetch(`http://127.0.0.1:${port}/api/health`, {
        signal: AbortSignal.timeout(PROBE_LIMIT_MS),
      });
      if (response.ok) return;
      last = `${response.status} ${await response.text()}`;
    } catch {
      // Not listening yet.
    }
    await delay(40);
  }
  throw new Failure(`The server didn’t become ready. Last answer of /api/health: ${last}`);
}

/** Ends the server and everything it started. */
export async function shutDown(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const end = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => signalGroup(child, "SIGKILL"), STOP_LIMIT_MS);
  await end;
  clearTimeout(timer);
}

export type RunningServer = {
  /** Finishes open requests and ends the server, within twelve seconds. */
  stop: () => Promise<void>;
  /** Rejects when the server has crashed too often. */
  failed: Promise<never>;
};

/**
 * Runs server.ts and restarts it after a crash.
 *
 * @returns once /api/health has answered 200
 * @throws Failure when that does not happen within a minute
 */
export async function serve(port: number, environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<RunningServer> {
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
