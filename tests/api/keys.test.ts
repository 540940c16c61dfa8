import { beforeEach, expect, test } from "vitest";
import { GET as exportFile } from "@/app/api/export/[file]/route";
import { GET as exportClicks } from "@/app/api/export/events.csv/route";
import { DELETE } from "@/app/api/keys/[id]/route";
import { POST } from "@/app/api/keys/route";
import { GET as links } from "@/app/api/links/route";
import { GET as analytics } from "@/app/api/v1/analytics/route";
import { GET as events } from "@/app/api/v1/events/route";
import { listKeys, revokeKey } from "@/lib/account/keys/store";
import { db } from "@/lib/base/db";
import { click, insertClicks, insertLinks } from "../db/query/rows";
import { madeKey, signedIn } from "./access-helpers";

type Headed = Record<string, string>;

const at = (path: string, headers: Headed = {}) => new Request(`http://localhost/api/${path}`, { headers });
const count = (headers: Headed, query = "groupBy=count&interval=all") =>
  analytics(at(`v1/analytics?${query}`, headers), {});
const file = (name: string, headers: Headed) =>
  exportFile(at(`export/${name}?interval=all`, headers), { params: Promise.resolve({ file: name }) });

async function make(cookie: Headed, body: object): Promise<Response> {
  const headers = { "content-type": "application/json", ...cookie };
  return POST(new Request("http://localhost/api/keys", { method: "POST", headers, body: JSON.stringify(body) }), {});
}

const problemOf = async (response: Response) =>
  ((await response.json()) as { error: { message: string } }).error.message;

beforeEach(async () => {
  await insertLinks([
    {
      id: "own",
      shortLink: "https://go.example.com/own",
      domain: "go.example.com",
      tags: [{ id: "t", name: "Spring" }],
    },
    { id: "other", shortLink: "https://dub.sh/other", domain: "dub.sh", folderId: "f" },
  ]);
  await insertClicks([
    click({ linkId: "own", country: "DE" }),
    click({ linkId: "own", country: "US" }),
    ...Array.from({ length: 5 }, () => click({ linkId: "other", country: "NZ", referer: "secret.example" })),
  ]);
});

test("a key made in Settings is shown once, stored hashed, and opens figures, clicks and exports, but no more", async () => {
  const cookie = await signedIn();
  const response = await make(cookie, { name: " Weekly  report " });
  expect(response.status).toBe(201);
  const { value, id } = (await response.json()) as { value: string; id: string };
  expect(value).toMatch(/^footfall_[\w-]{43}$/);
  const row = await db().apiKey.findUniqueOrThrow({ where: { id } });
  expect(JSON.stringify({ ...row, hash: Buffer.from(row.hash).toString("latin1") })).not.toContain(value.slice(9, -4));
  expect(row).toMatchObject({
    name: "Weekly report",
    hint: value.slice(-4),
    scopes: ["read", "export"],
    lastUsedAt: null,
  });

  const key = { authorization: `Bearer ${value}` };
  expect(await (await count(key)).json()).toMatchObject({ clicks: 7 });
  expect(await (await count({ authorization: `bearer  ${value} ` })).json()).toMatchObject({ clicks: 7 });
  expect((await events(at("v1/events?interval=all", key), {})).status).toBe(200);
  expect((await file("countries.csv", key)).status).toBe(200);
  expect((await exportClicks(at("export/events.csv?interval=all", key), {})).status).toBe(200);
  expect((await links(at("links?q=own", key), {})).status).toBe(401);
  expect((await make(key, { name: "Another" })).status).toBe(401);
  expect((await listKeys())[0]).toMatchObject({ state: "valid", by: "owner@example.com" });
  expect((await listKeys())[0]?.lastUsedAt).not.toBeNull();
});

test("a key without a scope is told which one is missing", async () => {
  const reader = await madeKey({ name: "Reader", scopes: ["read"] });
  const refused = await file("countries.csv", reader);
  expect(refused.status).toBe(403);
  expect(await refused.json()).toEqual({
    error: { code: "forbidden", message: "This API key doesn’t have the scope export." },
  });
  const exporter = await madeKey({ name: "Exporter", scopes: ["export"] });
  expect((await count(exporter)).status).toBe(403);
  expect((await file("countries.csv", exporter)).status).toBe(200);
});

test("a wrong, expired or revoked key is refused at once, even beside a session", async () => {
  const cookie = await signedIn();
  const revoked = await madeKey({ name: "Revoked" });
  const expired = await madeKey({ name: "Expired", expiresAt: "2999-01-01T00:00:00Z" });
  expect((await count(revoked)).status).toBe(200);
  expect((await count(expired)).status).toBe(200);
  await revokeKey({ name: "Revoked" });
  await db().apiKey.update({ where: { id: expired.id }, data: { expiresAt: new Date(Date.now() - 1) } });
  for (const authorization of [
    revoked.authorization,
    expired.authorization,
    `${revoked.authorization}x`,
    "Bearer footfall_",
  ]) {
    const response = await count({ ...cookie, authorization });
    expect(response.status, authorization).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    expect(await response.json()).toEqual({ error: { code: "unauthorized", message: expect.any(String) } });
  }
  for (const authorization of ["Bearer", "Bearer ", "Bearer a.token.of-a-proxy"]) {
    expect((await count({ authorization })).status).toBe(401);
    expect((await count({ ...cookie, authorization })).status).toBe(200);
  }
  // A proxy's own sign-in is no key.
  expect((await count({ ...cookie, authorization: "Basic b3duZXI6cGFzc3dvcmQ=" })).status).toBe(200);
  expect((await count({ authorization: "Basic b3duZXI6cGFzc3dvcmQ=" })).status).toBe(400);
  expect((await listKeys()).map(({ name, state }) => [name, state])).toEqual([
    ["Expired", "expired"],
    ["Revoked", "revoked"],
  ]);
});

test("a key is revoked once, and its name is free again", async () => {
  const cookie = await signedIn();
  const { id } = await madeKey({ name: "Report" });
  expect(await problemOf(await make(cookie, { name: "Report" }))).toMatch(/^name: Another key has this name/);
  const remove = () =>
    DELETE(new Request("http://localhost/api/keys/x", { method: "DELETE", headers: cookie }), {
      params: Promise.resolve({ id }),
    });
  expect((await remove()).status).toBe(204);
  expect((await remove()).status).toBe(404);
  expect((await make(cookie, { name: "Report" })).status).toBe(201);
});

test.each([
  [{ linkId: ["own"] }, 2],
  [{ linkId: ["go.example.com/own"] }, 2],
  [{ linkId: ["https://go.example.com/own"], domain: ["GO.example.com"] }, 2],
  [{ domain: ["dub.sh"] }, 5],
  [{ tagId: ["t"] }, 2],
  [{ folderId: ["f"] }, 5],
  [{ folderId: ["f"], tagId: ["t"] }, 0],
  [{ tagId: ["gone"] }, 0],
])("a key limited to %j sees %i clicks", async (limit, clicks) => {
  const response = await make(await signedIn(), { name: "Limited", links: limit });
  expect(response.status).toBe(201);
  const { value } = (await response.json()) as { value: string };
  const key = { authorization: `Bearer ${value}` };
  expect(await (await count(key)).json()).toMatchObject({ clicks });
  const { rows } = (await (await events(at("v1/events?interval=all", key), {})).json()) as { rows: unknown[] };
  expect(rows).toHaveLength(clicks);
});

test("what a limited key is told names and counts nothing of other links, whatever it asks", async () => {
  const key = await madeKey({ name: "Client", links: { linkId: ["own"] } });
  const groups = [
    "count",
    "timeseries",
    "top_links",
    "countries",
    "referers",
    "top_domains",
    "top_folders",
    "top_tags",
  ];
  const queries = [
    "",
    "&country=NZ",
    "&country=-NZ",
    "&linkId=other",
    "&domain=dub.sh",
    "&compare=previous",
    "&linkId=-own",
  ];
  for (const query of queries) {
    for (const group of groups) {
      const text = await (await count(key, `groupBy=${group}&interval=all${query}`)).text();
      expect(text, `${group}${query}`).not.toMatch(/other|NZ|secret\.example|dub\.sh|"f"/);
      expect(text, `${group}${query}`).not.toMatch(/:(5|7)[,}]/);
    }
    const list = await (await events(at(`v1/events?interval=all${query}`, key), {})).text();
    expect(list).not.toMatch(/"other"|NZ|secret\.example/);
  }
  const zip = Buffer.from(await (await file("all.zip", key)).arrayBuffer()).toString("latin1");
  expect(zip).not.toMatch(/secret\.example|dub\.sh/);
  const csv = await (await exportClicks(at("export/events.csv?interval=all", key), {})).text();
  expect(csv.trim().split("\n")).toHaveLength(3);
});

test.each([
  [{}, /^name: /],
  [{ name: " " }, /^name: Enter a name/],
  [{ name: "a", scopes: [] }, /^scopes: Choose at least one/],
  [{ name: "a", scopes: ["admin"] }, /^scopes.0: Use one of read, export, import/],
  [{ name: "a", links: {} }, /^links: Name at least one/],
  [{ name: "a", links: { linkId: ["nowhere"] } }, /^links: There is no link nowhere/],
  [{ name: "a", links: { country: ["DE"] } }, /./],
  [{ name: "a", expiresAt: "2020-01-01T00:00:00Z" }, /^expiresAt: Use a time in the future/],
  [{ name: "a", expiresAt: "tomorrow" }, /^expiresAt: Use a time with a zone/],
  [{ name: "a", perMinute: 0 }, /^perMinute: Use 1 to/],
  [{ name: "a", hidden: [] }, /./],
])("%j makes no key", async (body, problem) => {
  const response = await make(await signedIn(), body);
  expect(response.status).toBe(422);
  expect(await problemOf(response)).toMatch(problem);
  expect(await db().apiKey.count()).toBe(0);
});

test("a key may ask so many times a minute, at once or in turn, and each answer says what is left", async () => {
  const key = await madeKey({ name: "Eager", perMinute: 5 });
  const answers = await Promise.all(Array.from({ length: 9 }, () => count(key)));
  const taken = answers.filter(({ status }) => status === 200);
  expect(taken.map(({ headers }) => headers.get("ratelimit-remaining")).sort()).toEqual(["0", "1", "2", "3", "4"]);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(4);
  for (const { headers } of answers) {
    expect(headers.get("ratelimit-limit")).toBe("5");
    expect(Number(headers.get("ratelimit-reset"))).toBeGreaterThan(0);
    expect(Number(headers.get("ratelimit-reset"))).toBeLessThanOrEqual(60);
    expect(headers.get("x-ratelimit-remaining")).toBe(headers.get("ratelimit-remaining"));
  }
  for (const { headers } of refused) expect(headers.get("retry-after")).toBe(headers.get("ratelimit-reset"));
  expect(await refused[0]?.json()).toMatchObject({ error: { code: "rate_limit_exceeded" } });
  // Another key has its own limit, and a new minute begins anew.
  expect((await count(await madeKey({ name: "Other" }))).status).toBe(200);
  await db().$executeRaw`update attempt set began_at = began_at - interval '61 seconds'`;
  expect((await count(key)).headers.get("ratelimit-remaining")).toBe("4");
});

test("a request that fails for another reason says what is left, too", async () => {
  const key = await madeKey({ name: "Clumsy" });
  const response = await count(key, "groupBy=nonsense");
  expect(response.status).toBe(422);
  expect(response.headers.get("ratelimit-remaining")).toBe("599");
});
