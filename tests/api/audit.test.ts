import { beforeEach, expect, test } from "vitest";
import { GET as audit } from "@/app/api/audit/route";
import { GET as exportFile } from "@/app/api/export/[file]/route";
import { DELETE as revokeKey } from "@/app/api/keys/[id]/route";
import { POST as makeKey } from "@/app/api/keys/route";
import { POST as addSecret } from "@/app/api/secrets/route";
import { listAudit } from "@/lib/account/audit/list";
import { record } from "@/lib/account/audit/record";
import { createOwner } from "@/lib/account/owner";
import { endSession, signIn } from "@/lib/account/sign-in";
import { db } from "@/lib/base/db";
import { cookieOf, madeKey, OWNER, signedIn } from "./access-helpers";

const ALL = { action: null, span: "all", search: "" } as const;
const BROWSER = { host: "localhost:3000", "x-forwarded-for": "192.0.2.7", "user-agent": "A browser" };

const rows = async (filters: Partial<Parameters<typeof listAudit>[0]> = {}) =>
  (await listAudit({ ...ALL, ...filters }, { limit: 100, before: null, now: new Date() })).rows;
const said = async () => (await rows()).map(({ said, byName, target }) => [said, byName, target]).toReversed();

function send(method: string, body: object | null, headers: Record<string, string>): Request {
  const content = body && { body: JSON.stringify(body) };
  return new Request("http://localhost/api/x", {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...content,
  });
}

beforeEach(async () => {
  await createOwner(OWNER);
});

test("signing in and out is recorded with who and from where, and a failure without what was typed as a password", async () => {
  const cookie = cookieOf(await signIn(OWNER, new Headers(BROWSER)));
  await endSession(new Headers({ ...BROWSER, cookie }));
  await expect(signIn({ ...OWNER, password: "not it" }, new Headers(BROWSER))).rejects.toThrow();
  await expect(signIn({ email: "Stranger@example.com", password: "x" }, new Headers(BROWSER))).rejects.toThrow();
  await expect(signIn({ email: "my password by mistake", password: "x" }, new Headers(BROWSER))).rejects.toThrow();
  expect(await said()).toEqual([
    ["Signed in", OWNER.email, null],
    ["Signed out", OWNER.email, null],
    ["Failed to sign in", OWNER.email, null],
    ["Failed to sign in", "stranger@example.com", null],
  ]);
  expect(await rows()).toMatchObject(Array.from({ length: 4 }, () => ({ address: "192.0.2.7", agent: "A browser" })));
  expect(JSON.stringify(await rows())).not.toMatch(/not it|mistake/);
});

test("keys, secrets and exports are recorded by name, never with a value", async () => {
  const cookie = await signedIn();
  const made = await makeKey(send("POST", { name: "Report", scopes: ["export"] }, cookie), {});
  const { id, value } = (await made.json()) as { id: string; value: string };
  const headers = { authorization: `Bearer ${value}` };
  const file = { params: Promise.resolve({ file: "countries.csv" }) };
  const download = await exportFile(
    new Request("http://localhost/api/export/countries.csv?interval=30d", { headers }),
    file,
  );
  expect(download.status).toBe(200);
  await revokeKey(send("DELETE", null, cookie), { params: Promise.resolve({ id }) });
  await addSecret(send("POST", { name: "Shop", value: "whsec_0123456789abcdef" }, cookie), {});
  expect(await said()).toEqual([
    ["Created an API key", OWNER.email, "Report"],
    ["Exported", "Report", "countries.csv?interval=30d"],
    ["Revoked an API key", OWNER.email, "Report"],
    ["Added a webhook secret", OWNER.email, "Shop"],
  ]);
  expect(JSON.stringify(await rows())).not.toMatch(/footfall_|whsec_/);
  expect((await rows())[3]?.detail).toEqual({ scopes: ["export"] });
});

test("a refused download isn't an export", async () => {
  const { authorization } = await madeKey({ name: "Reader", scopes: ["read"] });
  const file = { params: Promise.resolve({ file: "countries.csv" }) };
  const url = "http://localhost/api/export/countries.csv";
  expect((await exportFile(new Request(url, { headers: { authorization } }), file)).status).toBe(403);
  expect((await exportFile(new Request(url), file)).status).toBe(401);
  expect(await rows()).toEqual([]);
});

test("names stay as they were, and the log outlives the account", async () => {
  const { id } = await db().user.findFirstOrThrow();
  await record("preferences.change", { kind: "person", id }, { headers: null });
  await db().user.update({ where: { id }, data: { email: "new@example.com" } });
  await record("preferences.change", { kind: "person", id }, { headers: null });
  await db().user.delete({ where: { id } });
  await record("preferences.change", { kind: "person", id }, { headers: null });
  expect((await said()).map(([, name]) => name)).toEqual([OWNER.email, "new@example.com", "A deleted account"]);
});

test("it is filtered by action, time and text, comes in pages, and downloads as CSV", async () => {
  const cookie = await signedIn();
  for (const target of ["one", "two", "=three", "f%ur"])
    await record("secret.add", { kind: "host" }, { target, headers: new Headers(BROWSER) });
  await record("folder.rename", { kind: "host" }, { target: "five", headers: null });
  await db().$executeRaw`update audit set at = at - interval '8 days' where target = 'one'`;
  const targets = async (filters: Parameters<typeof rows>[0]) => (await rows(filters)).map(({ target }) => target);
  expect(await targets({ span: "7d" })).toEqual(["five", "f%ur", "=three", "two"]);
  expect(await targets({ action: "secret.add", search: "T" })).toEqual(["f%ur", "=three", "two", "one"]);
  expect(await targets({ search: "%" })).toEqual(["f%ur"]);
  expect(await targets({ search: "192.0.2" })).toEqual(["f%ur", "=three", "two", "one"]);
  const now = new Date();
  const first = await listAudit(ALL, { limit: 2, before: null, now });
  const second = await listAudit(ALL, { limit: 10, before: first.older, now });
  expect([...first.rows, ...second.rows].map(({ target }) => target)).toEqual(["five", "f%ur", "=three", "two", "one"]);
  expect(second.older).toBeNull();

  const get = (query: string, headers = {}) =>
    audit(new Request(`http://localhost/api/audit?${query}`, { headers }), {});
  expect((await get("")).status).toBe(401);
  expect((await get("", await madeKey({ name: "Key" }))).status).toBe(401);
  const csv = await (await get("span=all&action=secret.add&q=three", cookie)).text();
  expect(csv.split("\n")[0]).toBe("time,action,words,by,id,name,target,detail,address,user_agent");
  expect(csv.split("\n")[1]).toMatch(
    /,secret\.add,Added a webhook secret,host,,The host,'=three,\{\},192\.0\.2\.7,A browser$/,
  );
  expect(csv.trim().split("\n")).toHaveLength(2);
});

test("hostile text of a request is kept as text, cut", async () => {
  const headers = new Headers({ "x-forwarded-for": "192.0.2.7", "user-agent": `<script>${"x".repeat(2_000)}` });
  await record("session.refuse", { kind: "nobody", name: "a\0b@example.com" }, { target: "\ud800", headers });
  expect(await rows()).toMatchObject([{ byName: "a\uFFFDb@example.com", target: "\uFFFD" }]);
  expect((await rows())[0]?.agent).toHaveLength(500);
});
