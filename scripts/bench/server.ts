import { becomesReady } from "@/scripts/run";
import { launch, shutDown } from "@/scripts/serve";
import { Failure } from "@/scripts/steps";

const READY_LIMIT_MS = 60_000;
const FILL_LIMIT_MS = 60 * 60_000;

type Health = { mirror?: { state: string; reason?: string | null } };

/** The server's health; null when it doesn't respond. */
async function health(url: string): Promise<Health | null> {
  const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
  return response?.ok ? ((await response.json()) as Health) : null;
}

/**
 * Serves the production build in a child process whose memory can be read. It is not restarted after a crash.
 *
 * @returns once the mirror is current; `fillMs` is the time from the start
 * @throws Failure when that fails
 */
export async function startServer(port: number, environment: NodeJS.ProcessEnv, signal: AbortSignal) {
  const url = `http://127.0.0.1:${port}`;
  const begun = performance.now();
  const child = launch(port, { ...environment, NODE_ENV: "production" });
  const stop = () => shutDown(child);
  const isFilled = async () => {
    const answer = await health(url);
    const { state = "off", reason } = answer?.mirror ?? {};
    if (!answer && performance.now() - begun > READY_LIMIT_MS) throw new Failure("The server does not become ready.");
    if (answer && (state === "unavailable" || state === "off"))
      throw new Failure(`The mirror does not work: ${reason ?? "it is off"}`);
    return state === "current";
  };
  try {
    if (!(await becomesReady(child, isFilled, signal, { limitMs: FILL_LIMIT_MS })))
      throw new Failure(
        "The server ended by itself, as the lines above say, or the mirror is not filled after an hour.",
      );
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    pid: child.pid ?? 0,
    fillMs: performance.now() - begun,
    /** @throws Failure when the mirror isn't answering */
    async assertMirrored() {
      const mirror = (await health(url))?.mirror;
      if (mirror?.state !== "current") throw new Failure(`The mirror is ${mirror?.state}: ${mirror?.reason}`);
    },
    stop,
  };
}
