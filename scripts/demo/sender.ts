import { setTimeout as delay } from "node:timers/promises";
import { SENDER } from "@/lib/senders/senders";
import { Failure, rewrite, say } from "@/scripts/steps";

const BAR_WIDTH = 28;
/** Interval of progress lines when output isn't a terminal. */
const LOG_EVERY_MS = 3_000;
const SCREEN_EVERY_MS = 100;

/** A progress bar with rate and remaining time. `tell` may be called any number of times. */
export function createProgress(total: number): { tell: (done: number) => void } {
  const begun = performance.now();
  const { isTTY } = process.stdout;
  let shown = 0;
  return {
    tell: (done) => {
      const now = performance.now();
      if (done < total && now - shown < (isTTY ? SCREEN_EVERY_MS : LOG_EVERY_MS)) return;
      shown = now;
      const rate = done / ((now - begun) / 1000);
      const full = Math.round((done / total) * BAR_WIDTH);
      const bar = "█".repeat(full) + "░".repeat(BAR_WIDTH - full);
      const left = Math.ceil((total - done) / rate);
      const line = `${bar} ${done.toLocaleString("en-US")} of ${total.toLocaleString("en-US")} · ${Math.round(rate)}/s · ${left} s left`;
      if (!isTTY) return say(line);
      rewrite(done === total ? `${line}\n` : line);
    },
  };
}

const NO_ANSWER_LIMIT_MS = 60_000;

export type Target = { url: string; secret: string };

/** Sends a signed event once and reads the whole response. */
export async function post({ url, secret }: Target, event: object): Promise<Response> {
  const body = Buffer.from(JSON.stringify(event));
  const headers = { "Content-Type": "application/json", [SENDER.signatureHeader]: SENDER.sign(body, secret) };
  const response = await fetch(`${url}${SENDER.path}`, { method: "POST", body, headers });
  await response.arrayBuffer();
  return response;
}

/** @returns null when accepted, or the milliseconds to wait before the next attempt */
async function attempt(target: Target, event: object): Promise<number | null> {
  const response = await post(target, event).catch(() => null);
  if (response === null) return 1_000;
  if (response.ok) return null;
  if (response.status === 503) return Number(response.headers.get("retry-after") ?? 1) * 1_000;
  if (response.status === 401) {
    throw new Failure(
      "The server refuses the signature. Start the demo with the server's DATA_DIR, or with its DUB_WEBHOOK_SECRET (or --secret).",
    );
  }
  throw new Failure(`The server answered ${response.status}. See its log.`);
}

/**
 * Delivers an event, retrying while the server is unavailable, as Dub does.
 *
 * @throws Failure when the server rejects it, or stays unavailable for a minute
 */
export async function send(target: Target, event: object): Promise<void> {
  const begun = Date.now();
  for (;;) {
    const wait = await attempt(target, event);
    if (wait === null) return;
    if (Date.now() - begun > NO_ANSWER_LIMIT_MS)
      throw new Failure(`The server at ${target.url} is still down. Accepted deliveries are safe.`);
    await delay(wait);
  }
}

/** Delivers events over several connections. @param tell gets the number of accepted events */
export async function sendAll(
  target: Target,
  events: readonly object[],
  connections: number,
  tell: (sent: number) => void,
): Promise<void> {
  const queue = events.values();
  let sent = 0;
  const work = async () => {
    for (const event of queue) {
      await send(target, event);
      tell(++sent);
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
}

/** @throws Failure when no server responds at the URL, or it isn't ready */
export async function assertReady(url: string): Promise<void> {
  const response = await fetch(`${url}/api/health`).catch(() => null);
  if (!response) throw new Failure(`No server at ${url}. Start it with npm start, or pass its address with --url.`);
  if (!response.ok) throw new Failure(`The server at ${url} is not ready: ${await response.text()}`);
}
