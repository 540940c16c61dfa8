import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { DELETE, GET, POST } from "@/app/mcp/route";
import { refuseMethod } from "@/lib/base/http/target";
import { madeKey, signedIn } from "./access-helpers";

const MESSAGE = { jsonrpc: "2.0", id: 1, method: "tools/list" };
const post = (headers: Record<string, string>, body: string = JSON.stringify(MESSAGE)) =>
  POST(
    new Request("http://localhost:3000/mcp", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
      body,
    }),
    {},
  );

test("asks for a key with the scope read, and counts its requests", async () => {
  expect((await post({})).status).toBe(401);
  expect((await post({ authorization: (await madeKey({ name: "e", scopes: ["export"] })).authorization })).status).toBe(
    403,
  );
  const { authorization } = await madeKey({ name: "r", scopes: ["read"], perMinute: 2 });
  const answers = [await post({ authorization }), await post({ authorization }), await post({ authorization })];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(answers[0]?.headers.get("ratelimit-remaining")).toBe("1");
  expect(answers[0]?.headers.get("cache-control")).toBe("no-store");
});

test("refuses pages of other sites, whoever's session or key comes with them", async () => {
  const { authorization } = await madeKey({ name: "r", scopes: ["read"] });
  for (const headers of [await signedIn(), { authorization }] as Record<string, string>[]) {
    expect((await post(headers)).status).toBe(200);
    expect((await post({ ...headers, origin: "http://localhost:3000", host: "localhost:3000" })).status).toBe(200);
    for (const origin of ["https://evil.example", "null", "http://localhost:6274"])
      expect((await post({ ...headers, origin, host: "localhost:3000" })).status, origin).toBe(403);
    // A name that was pointed at this server.
    expect((await post({ ...headers, origin: "http://evil.example:3000", host: "evil.example:3000" })).status).toBe(
      403,
    );
    expect((await post({ ...headers, "sec-fetch-site": "cross-site" })).status).toBe(403);
  }
});

test("answers what is no message as the protocol does", async () => {
  const { authorization } = await madeKey({ name: "r", scopes: ["read"] });
  const asked = async (body: string, headers: Record<string, string> = {}) => {
    const answer = await post({ authorization, ...headers }, body);
    return [answer.status, ((await answer.json()) as { error?: { code: number } }).error?.code];
  };
  expect(await asked("{")).toEqual([400, -32700]);
  expect(await asked(JSON.stringify([MESSAGE, MESSAGE]))).toEqual([400, -32600]);
  expect(await asked('"text"')).toEqual([400, -32600]);
  expect(await asked("{}")).toEqual([400, -32700]);
  expect(await asked(JSON.stringify({ ...MESSAGE, method: "resources/list" }))).toEqual([200, -32601]);
  expect(await asked(" ".repeat(300_000))).toEqual([413, -32600]);
  expect(await asked(JSON.stringify(MESSAGE), { accept: "application/json" })).toEqual([406, -32000]);
  expect(await asked(JSON.stringify(MESSAGE), { "content-type": "text/plain" })).toEqual([415, -32000]);
  expect(await asked(JSON.stringify(MESSAGE), { "mcp-protocol-version": "1999-01-01" })).toEqual([400, -32000]);
  const notified = await post(
    { authorization },
    JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" }),
  );
  expect(notified.status).toBe(202);
});

test("is reached in production, where pages take no POST", () => {
  const passes = (url: string) => refuseMethod({ method: "POST", url } as IncomingMessage, {} as ServerResponse);
  expect(passes("/mcp")).toBe(false);
  expect(() => passes("/mcps")).toThrow(/isn’t allowed/);
  expect(() => passes("/")).toThrow(/isn’t allowed/);
});

test("has no stream and no session to end", async () => {
  const { authorization } = await madeKey({ name: "r", scopes: ["read"] });
  for (const [method, handler] of Object.entries({ GET, DELETE })) {
    const answer = await handler(new Request("http://localhost/mcp", { method, headers: { authorization } }), {});
    expect([answer.status, answer.headers.get("allow")], method).toEqual([405, "POST"]);
  }
});
