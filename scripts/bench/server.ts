import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { hasEnded, SERVER_ARGS, shutDown } from "@/scripts/serve";
import { Failure } from "@/scripts/steps";

const READY_LIMIT_MS = 60_000;
const FILL_LIMIT_MS = 60 * 60_000;
const POLL_MS = 100;

export type BenchServer = {
  url: string;
  pid: number;
  /** Milliseconds from its start until the mirror was current. */
  fillMs: number;
  /** @throws Failure when Postgres has to answer instead of the mirror */
  assertMirrored: () => Promise<void>;
  stop: () => Promise<void>;
};

type Health = { mirror?: { state: string; reason?: string | null } };

/** What the server says of itself; null when it does not answer. */
async function health(url: string): Promise<Health | null> {
  const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
  return response?.ok ? ((await response.json()) as Health) : null;
}

async function waitForMirror(child: ChildProcess, url: string, signal: AbortSignal): Promise<void> {
  const begun = performance.now();
  const isLate = (limit: number) => performance.now() - begun > limit;
  for (;;) {
    signal.throwIfAborted();
    if (hasEnded(child)) throw new Failure("The server ended by itself. The lines above say why.");
    const answer = await health(url);
    if (!answer && isLate(READY_LIMIT_MS)) throw new Failure("The server does not become ready.");
    const mirror = answer?.mirror;
    if (mirror?.state === "current") return;
    if (mirror?.state === "unavailable" || mirror?.state === "off" || (answer && !mirror)) {
      throw new Failure(`The mirror does not work: ${mirror?.reason ?? "it is off"}`);
    }
    if (isLate(FILL_LIMIT_MS)) throw new Failure("The mirror is not filled after an hour.");
    await delay(POLL_MS);
  }
}

/**
 * Serves the production build in a process whose memory can be looked at. One that ends by itself stays so: a benchmark
 * with a hole in it is none.
 *
 * @returns once the mirror is current
 * @throws Failure when it does not come to that
 */
export async function startServer(
  port: number,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<BenchServer> {
  const url = `http://127.0.0.1:${port}`;
  const begun = performance.now();
  const child = spawn(process.execPath, SERVER_ARGS, {
    env: { ...environment, NODE_ENV: "production", PORT: String(port), NEXT_TELEMETRY_DISABLED: "1" },
    // Ctrl-C reaches us alone; the channel tells it should we vanish.
    detached: true,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const stop = () => shutDown(child);
  try {
    await waitForMirror(child, url, signal);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    pid: child.pid ?? 0,
    fillMs: performance.now() - begun,
    async assertMirrored() {
      const mirror = (await health(url))?.mirror;
      if (mirror?.state !== "current") throw new Failure(`The mirror is ${mirror?.state}: ${mirror?.reason}`);
    },
    stop,
  };
}
