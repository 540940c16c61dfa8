import { afterEach, expect, test } from "vitest";
import { GET } from "@/app/api/live/route";
import { auth } from "@/lib/access/auth";
import { createOwner } from "@/lib/access/owner";
import { endStreams } from "@/lib/live/stream";
import { clickPayload } from "@/tests/factory";
import { deliver } from "../db/ingest/deliver";
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
