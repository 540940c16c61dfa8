import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { becomesReady, endsWithin, signalGroup } from "@/scripts/run";
import { Failure } from "@/scripts/steps";
import { ageOf, nodeChildOf } from "./process";

/** Long enough for a production build. */
const READY_LIMIT_MS = 15 * 60_000;
const FILL_LIMIT_MS = 3 * 60 * 60_000;
const STOP_LIMIT_MS = 60_000;
/** Lines of output that a failure quotes. */
const QUOTED = 20;

type Health = { mirror?: { state: string; reason?: string | null } };

/** The server's health; null when it doesn't respond. */
async function health(url: string): Promise<Health | null> {
  try {
    const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5_000) });
    return response.ok ? ((await response.json()) as Health) : null;
  } catch {
    return null;
  }
}

/** Runs what `npm start` runs in a checkout. */
function launch(checkout: string, port: number, environment: NodeJS.ProcessEnv) {
  const { scripts } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8"));
  const env: NodeJS.ProcessEnv = {
    ...environment,
    PORT: String(port),
    // As npm sets it: the server ends when this process does.
    npm_lifecycle_event: "start",
  };
  // Own session: Ctrl-C reaches only this process, which stops everything in order.
  const child = spawn("sh", ["-c", scripts.start], {
    ...{ cwd: checkout, env, detached: true, stdio: ["ignore", "pipe", "inherit"] },
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  return { child, lines };
}

/**
 * Serves a checkout's production build, which is made first if there is none.
 *
 * @returns once the mirror is current, or at once when the environment turns it off; `fillMs` is the time from the start
 *   of the server's process
 * @throws Failure when that fails
 */
export async function startServer(
  port: number,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
  checkout = process.cwd(),
) {
  const url = `http://127.0.0.1:${port}`;
  const expected = environment.ANALYTICS_ENGINE === "postgres" ? "off" : "current";
  const { child, lines } = launch(checkout, port, environment);
  const quoted = () => lines.slice(-QUOTED).join("\n");
  const stop = async () => {
    child.kill("SIGTERM");
    if (!(await endsWithin(child, STOP_LIMIT_MS))) signalGroup(child, "SIGKILL");
  };
  const launched = performance.now();
  let hasAnswered = false;
  const isReady = async () => {
    const answer = await health(url);
    hasAnswered ||= answer !== null;
    if (!hasAnswered && performance.now() - launched > READY_LIMIT_MS)
      throw new Failure("The server does not become ready.");
    const { state = "off", reason } = answer?.mirror ?? {};
    if (answer && state !== expected && (state === "unavailable" || state === "off"))
      throw new Failure(`The mirror does not work: ${reason ?? "it is off"}`);
    return answer !== null && state === expected;
  };
  try {
    if (!(await becomesReady(child, isReady, signal, { limitMs: FILL_LIMIT_MS })))
      throw new Failure(`The server ended by itself, or its mirror isn't filled: ${quoted()}`);
  } catch (error) {
    await stop();
    throw error;
  }
  // Its other child is Postgres.
  const serverPid = () => nodeChildOf(child.pid ?? 0) ?? 0;
  const pid = serverPid();
  return {
    url,
    pid,
    fillMs: ageOf(pid),
    /** @throws Failure when the mirror isn't answering, or the server was restarted after a crash */
    async assertMirrored() {
      if (serverPid() !== pid) throw new Failure(`The server has crashed: ${quoted()}`);
      const mirror = (await health(url))?.mirror;
      if (mirror?.state !== "current")
        throw new Failure(`The mirror is ${mirror?.state}: ${mirror?.reason ?? quoted()}`);
    },
    stop,
  };
}
