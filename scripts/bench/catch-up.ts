import { SENDER } from "@/lib/senders/senders";
import { type Timing, timingOf } from "@/scripts/bench/measure";
import { createRandom } from "@/scripts/demo/random";
import { Failure } from "@/scripts/steps";
import type { Client } from "./client";
import type { BenchLink } from "./world";

const DELIVERIES = 20;
const DAY = 86_400_000;

/** Milliseconds from the acknowledgement of a click to an answer that holds it, and of the same when nothing is new. */
export type CatchUp = { question: string; taken: Timing; fresh: Timing; idle: Timing };

export type Webhook = { url: string; secret: string; link: BenchLink };

/** What Dub sends for a click, as far as it matters here. */
function clickBody({ id, key, url }: BenchLink, clickId: string): Buffer<ArrayBuffer> {
  const timestamp = new Date().toISOString();
  const click = {
    ...{ id: clickId, timestamp, url, country: "US", city: "Springfield", region: "IL", continent: "NA" },
    ...{ device: "Desktop", browser: "Chrome", os: "Mac OS", ua: "Mozilla/5.0 (Macintosh) Chrome/140.0.0.0" },
    ...{ trigger: "link", referer: "(direct)", refererUrl: "(direct)", qr: false, ip: "198.51.100.7" },
  };
  const link = { id, domain: "go.example.com", key, url, shortLink: `https://go.example.com/${key}` };
  return Buffer.from(
    JSON.stringify({ id: `evt_${clickId}`, event: "link.clicked", createdAt: timestamp, data: { click, link } }),
  );
}

/** @returns milliseconds until it was acknowledged */
async function deliver({ url, secret, link }: Webhook, clickId: string): Promise<number> {
  const body = clickBody(link, clickId);
  const begun = performance.now();
  const response = await fetch(`${url}${SENDER.path}`, {
    method: "POST",
    body,
    headers: { "Content-Type": "application/json", [SENDER.signatureHeader]: SENDER.sign(body, secret) },
  });
  await response.arrayBuffer();
  if (response.status !== 202) throw new Failure(`The server answered ${response.status} to a click.`);
  return performance.now() - begun;
}

async function count(client: Client, query: string): Promise<{ ms: number; clicks: number }> {
  const { ms, body } = await client.get(`/api/analytics?groupBy=count&${query}`);
  return { ms, clicks: Number((body as { clicks: unknown }).clicks) };
}

/**
 * Sends clicks one at a time, each followed at once by a question that has to hold it.
 *
 * @throws Failure when an answer lacks the click that was acknowledged before
 */
async function follow(question: string, queryOf: () => string, client: Client, webhook: Webhook): Promise<CatchUp> {
  const random = createRandom(Date.now());
  const times = { taken: [] as number[], fresh: [] as number[], idle: [] as number[] };
  let { clicks } = await count(client, queryOf());
  for (let sent = 0; sent < DELIVERIES; sent++) {
    times.taken.push(await deliver(webhook, random.id(16)));
    const fresh = await count(client, queryOf());
    if (fresh.clicks !== clicks + 1) {
      throw new Failure(
        `A click was acknowledged, but the answer right after it says ${fresh.clicks}, not ${clicks + 1}.`,
      );
    }
    clicks = fresh.clicks;
    times.fresh.push(fresh.ms);
  }
  for (let asked = 0; asked < DELIVERIES; asked++) times.idle.push((await count(client, queryOf())).ms);
  return { question, taken: timingOf(times.taken), fresh: timingOf(times.fresh), idle: timingOf(times.idle) };
}

/** Measures how soon an answer holds a new click: over all clicks, and over an hour, where counting takes no time. */
export async function catchUp(client: Client, webhook: Webhook, begun: number): Promise<CatchUp[]> {
  let asked = 0;
  // Never the same question twice: the server remembers answers.
  const since = (from: number) => `start=${new Date(from - ++asked).toISOString()}`;
  const all = await follow("all clicks", () => since(begun - 1_000 * DAY), client, webhook);
  const hour = await follow("the last hour", () => since(begun - DAY / 24), client, webhook);
  return [hour, all];
}
