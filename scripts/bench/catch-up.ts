import { createRandom } from "@/lib/deliveries/demo/random";
import { timingOf, timingsOf } from "@/scripts/bench/timing";
import { post } from "@/scripts/demo/sender";
import { Failure } from "@/scripts/steps";
import { type Subject, WEBHOOK_SECRET } from "./subject";
import type { BenchLink } from "./world";

const DELIVERIES = 20;
const DAY = 86_400_000;

/** A minimal link.clicked event. */
function clickEvent({ id, key, url }: BenchLink, clickId: string): object {
  const timestamp = new Date().toISOString();
  const click = {
    ...{ id: clickId, timestamp, url, country: "US", city: "Springfield", region: "IL", continent: "NA" },
    ...{ device: "Desktop", browser: "Chrome", os: "Mac OS", ua: "Mozilla/5.0 (Macintosh) Chrome/140.0.0.0" },
    ...{ trigger: "link", referer: "(direct)", refererUrl: "(direct)", qr: false, ip: "198.51.100.7" },
  };
  const link = { id, domain: "go.example.com", key, url, shortLink: `https://go.example.com/${key}` };
  return { id: `evt_${clickId}`, event: "link.clicked", createdAt: timestamp, data: { click, link } };
}

/** @returns milliseconds until the response */
async function deliver(url: string, event: object): Promise<number> {
  const begun = performance.now();
  const { status } = await post({ url, secret: WEBHOOK_SECRET }, event);
  if (status !== 202) throw new Failure(`The server answered ${status} to a click.`);
  return performance.now() - begun;
}

/**
 * Sends clicks one at a time, each followed by a question whose answer must include it.
 *
 * @returns milliseconds: `taken` until a click is acknowledged, `fresh` for the answer after it, `idle` for an answer
 *   without new clicks
 * @throws Failure when an answer lacks an acknowledged click
 */
async function follow(question: string, queryOf: () => string, { client, url }: Subject, link: BenchLink) {
  const random = createRandom(Date.now());
  const count = async () => {
    const { ms, body } = await client.get(`/api/analytics?groupBy=count&${queryOf()}`);
    return { ms, clicks: Number((body as { clicks: unknown }).clicks) };
  };
  const { clicks: before } = await count();
  const runs = [];
  while (runs.length < DELIVERIES) {
    const taken = await deliver(url, clickEvent(link, random.id(16)));
    const { ms: fresh, clicks } = await count();
    const due = before + runs.length + 1;
    if (clicks !== due)
      throw new Failure(`A click was acknowledged, but the answer right after it says ${clicks}, not ${due}.`);
    runs.push({ taken, fresh });
  }
  const idle: number[] = [];
  while (idle.length < DELIVERIES) idle.push((await count()).ms);
  return { question, ...timingsOf(runs), idle: timingOf(idle) };
}

/** Measures how soon an answer includes a new click: over all clicks, and over an hour, where counting is quick. */
export async function catchUp(subject: Subject, link: BenchLink, begun: number) {
  let asked = 0;
  // Never the same question twice: the server caches answers.
  const since = (from: number) => `start=${new Date(from - ++asked).toISOString()}`;
  const all = await follow("all clicks", () => since(begun - 1_000 * DAY), subject, link);
  const hour = await follow("the last hour", () => since(begun - DAY / 24), subject, link);
  return [hour, all];
}
