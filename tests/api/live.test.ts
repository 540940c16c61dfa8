import { afterEach, expect, test } from "vitest";
import { GET, HEAD } from "@/app/api/live/route";
import { auth } from "@/lib/account/auth";
import { createOwner } from "@/lib/account/owner";
import { endStreams } from "@/lib/api/live/stream";
import { clickPayload } from "@/tests/factory";
import { deliver } from "../db/deliveries/deliver";
import { cookieOf, OWNER } from "./access-helpers";

async function signIn(): Promise<{ cookie: string }> {
  await createOwner(OWNER);
  const { headers } = await auth().api.signInEmail({ body: OWNER, returnHeaders: true });
  return { cookie: cookieOf(headers.getSetCookie()) };
}

const watch = (query: string, headers: HeadersInit) =>
  GET(new Request(`http://localhost/api/live?${query}`, { headers }), {});

/** Reads until what came matches. */
async function read(response: Response, pattern: RegExp): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  while (reader && !pattern.test(text)) {
    const { value, done } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  return text;
}

afterEach(endStreams);

test("who is not signed in sees nothing", async () => {
  expect((await watch("", {})).status).toBe(401);
});

test("what is not understood is said", async () => {
  expect((await watch("contry=DE", await signIn())).status).toBe(422);
});

test("a delivery is streamed as it is stored, in words", async () => {
  const response = await watch("interval=all&timezone=Europe/Berlin", await signIn());
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const coming = read(response, /event: clicks[\s\S]*\n\n/);
  await deliver(clickPayload());
  const text = await coming;
  expect(text).toMatch(/^retry: 2000\n\n/);
  expect(text).toMatch(/\nid: 1\nevent: clicks\n/);
  const [, json = "{}"] = /data: (.*)\n/.exec(text) ?? [];
  expect(JSON.parse(json)).toMatchObject({ omitted: 0, rows: [{ seq: "1", bot: false }] });
});

test("a server that stops ends its streams", async () => {
  const response = await watch("interval=all", await signIn());
  const all = read(response, /never/);
  endStreams();
  expect(await all).toBe("retry: 2000\n\n");
});

test("HEAD says what GET would, and begins nothing", async () => {
  const headers = await signIn();
  const request = () => new Request("http://localhost/api/live?interval=all", { method: "HEAD", headers });
  const answers = await Promise.all(Array.from({ length: 30 }, () => HEAD(request(), undefined)));
  expect(answers.map(({ status, body }) => [status, body])).toEqual(answers.map(() => [200, null]));
  expect(answers[0]?.headers.get("content-type")).toContain("text/event-stream");
  expect((await HEAD(new Request("http://localhost/api/live?contry=DE", { headers }), undefined)).status).toBe(422);
  expect((await HEAD(new Request("http://localhost/api/live"), undefined)).status).toBe(401);
  expect((await watch("interval=all", headers)).status).toBe(200);
});

test("a session has twelve streams, and one more when one of them has ended", async () => {
  const headers = await signIn();
  const open = await Promise.all(Array.from({ length: 12 }, () => watch("interval=all", headers)));
  expect(open.map(({ status }) => status)).toEqual(open.map(() => 200));
  const refused = await watch("interval=all", headers);
  expect(refused.status).toBe(429);
  expect(await refused.json()).toMatchObject({ error: { code: "rate_limit_exceeded" } });
  await open[0]?.body?.cancel();
  expect((await watch("interval=all", headers)).status).toBe(200);
  const { headers: other } = await auth().api.signInEmail({ body: OWNER, returnHeaders: true });
  expect((await watch("interval=all", { cookie: cookieOf(other.getSetCookie()) })).status).toBe(200);
});

test("one stream tells of several views, each with its own clicks and its own place", async () => {
  const views = ["interval=all&country=DE", "interval=all&country=FR"];
  const query = new URLSearchParams(views.map((view) => ["watch", view])).toString();
  const response = await watch(query, await signIn());
  const coming = read(response, /"view":1,[^\n]*"rows"[^\n]*\n\n/);
  await deliver(clickPayload({ id: "evt_de", click: { id: "de", country: "DE" } }));
  await deliver(clickPayload({ id: "evt_fr", click: { id: "fr", country: "FR" } }));
  const text = await coming;
  const events = [...text.matchAll(/event: (\w+)\ndata: (.*)\n/g)].map(([, type, data = ""]) => {
    const { view, rows } = JSON.parse(data) as { view: number; rows?: { country: string }[] };
    return [type, view, ...(rows ?? []).map(({ country }) => country)];
  });
  expect(events).toEqual([
    ["place", 0],
    ["place", 1],
    ["clicks", 0, "DE"],
    ["clicks", 1, "FR"],
  ]);
});

test("what was stored before a stream goes on is told at once, also when somebody else watches already", async () => {
  const headers = await signIn();
  const [other, first] = await Promise.all([watch("interval=all", headers), watch("watch=interval%3Dall", headers)]);
  const [, place] = /"place":"(\d+)"/.exec(await read(first, /event: place[\s\S]*\n\n/)) ?? [];
  await first.body?.cancel().catch(() => {});
  const told = read(other, /event: clicks[\s\S]*\n\n/);
  await deliver(clickPayload());
  await told;
  const watched = new URLSearchParams({ watch: `interval=all&after=${place}` });
  expect(await read(await watch(watched.toString(), headers), /event: clicks[\s\S]*\n\n/)).toMatch(/"rows":\[\{/);
});

test("who takes nothing is not waited for, and leaves room for others", async () => {
  const headers = await signIn();
  const stuck = await Promise.all(Array.from({ length: 12 }, () => watch("interval=all", headers)));
  let sent = 0;
  const statusAfterMore = async () => {
    const clicks = Array.from({ length: 50 }, () => {
      sent += 1;
      const long = "x".repeat(250);
      const click = { id: `c_${sent}`, city: long, referer: long, browser: long };
      return clickPayload({ id: `evt_${sent}`, click });
    });
    await deliver(...clicks);
    return (await watch("interval=all", headers)).status;
  };
  await expect.poll(statusAfterMore, { timeout: 15_000, interval: 200 }).toBe(200);
  for (const { body } of stuck) await body?.cancel().catch(() => {});
});
