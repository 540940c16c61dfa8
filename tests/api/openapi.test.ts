import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient as generate } from "@hey-api/openapi-ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GET as document } from "@/app/api/openapi.json/route";
import { OPERATIONS } from "@/lib/api/openapi/operations";
import { click, insertClicks, insertLinks } from "../db/query/rows";
import { serveRoutes } from "../setup/routes-server";
import { madeKey } from "./access-helpers";
import { API_ROUTES } from "./api-routes";

// A client that is generated from the document, with a well-known generator, asks the real routes over HTTP.

type Answer = { data?: unknown; error?: { error: { code: string } }; response: Response };
type Call = (options: { client: unknown; query?: object; path?: object; body?: object }) => Promise<Answer>;

let server: Awaited<ReturnType<typeof serveRoutes>>;
let folder = "";
let calls: Record<string, Call>;
let makeClient: (config: { baseUrl: string; headers: object }) => unknown;

beforeAll(async () => {
  server = await serveRoutes(API_ROUTES);
  folder = await mkdtemp(join(tmpdir(), "footfall-client-"));
  const input = await (await document(new Request("http://localhost/api/openapi.json"), undefined)).json();
  await generate({
    input,
    output: { path: folder },
    plugins: ["@hey-api/client-fetch", "@hey-api/sdk"],
    logs: { level: "silent" },
  });
  calls = await import(/* @vite-ignore */ join(folder, "sdk.gen.ts"));
  ({ createClient: makeClient } = await import(/* @vite-ignore */ join(folder, "client", "index.ts")));
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

test("every operation of the document answers a client that was generated from it", async () => {
  await insertLinks([{ id: "a", shortLink: "https://go.example/a", payload: { workspaceId: "ws_1" } }]);
  await insertClicks([click({ country: "DE" }), click({ country: "US" }), click({ country: "US" })]);
  const { authorization } = await madeKey({ name: "Client" });
  const client = makeClient({ baseUrl: server.url, headers: { authorization } });
  const asked: Record<string, { query?: object; path?: object; body?: object; expected: unknown }> = {
    analytics: {
      query: { groupBy: "countries", interval: "all", limit: 1 },
      expected: { rows: [{ value: "US", clicks: 2 }], rowCount: 2 },
    },
    answers: {
      body: { questions: [{ interval: "all" }, { interval: "never" }] },
      expected: { answers: [{ status: 200, answer: { clicks: 3 } }, { status: 422 }] },
    },
    links: { query: { interval: "all" }, expected: { rows: [{ link: { id: "a" }, clicks: 3 }], total: 1 } },
    values: { path: { field: "country" }, query: { interval: "all" }, expected: { total: 3 } },
    why: { query: { groupBy: "count", interval: "all" }, expected: { facts: expect.any(Array) } },
    events: {
      query: { interval: "all", limit: 2 },
      expected: { rows: [{ seq: "3" }, { seq: "2" }], older: expect.any(String) },
    },
    clicks: { query: { limit: 2 }, expected: { clicks: [{ seq: "1" }, { seq: "2" }], more: true } },
    dubAnalytics: {
      query: { groupBy: "countries", interval: "all" },
      expected: [
        { country: "US", clicks: 2 },
        { country: "DE", clicks: 1 },
      ],
    },
    dubEvents: { query: { interval: "all", limit: 1 }, expected: [{ link: { workspaceId: "ws_1", password: null } }] },
    exportFile: { path: { file: "countries.csv" }, query: { interval: "all" }, expected: expect.anything() },
  };
  for (const { id } of OPERATIONS.filter((operation) => operation.tag !== "Exports"))
    expect(Object.keys(asked)).toContain(id);
  for (const [id, { expected, ...options }] of Object.entries(asked)) {
    const { data, error } = (await calls[id]?.({ client, ...options })) ?? {};
    expect(error, id).toBeUndefined();
    expect(data, id).toMatchObject(expected as object);
  }
});

test("a refusal is an error for the generated client, too", async () => {
  const client = makeClient({ baseUrl: server.url, headers: {} });
  const { error, response } = (await calls.analytics?.({ client })) ?? {};
  expect([response?.status, error?.error.code]).toEqual([401, "unauthorized"]);
});

test("the document is for everybody and names no link", async () => {
  await insertLinks([{ id: "a", shortLink: "https://go.example/hidden", domain: "go.example" }]);
  const response = await document(new Request("http://localhost/api/openapi.json"), undefined);
  expect(response.status).toBe(200);
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({ openapi: "3.1.0", info: { title: "Footfall" } });
  expect(text).not.toContain("hidden");
  expect(text).not.toMatch(/\$defs/);
});
