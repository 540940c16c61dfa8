import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { POST as open } from "@/app/api/shares/open/route";
import { POST } from "@/app/api/shares/route";
import { GET as picture } from "@/app/share/[token]/picture/route";
import { isDrawable } from "@/components/shares/picture";
import { contentPolicy } from "@/lib/account/content-policy";
import { readEmbedders } from "@/lib/account/shares/embedders";
import { enterPassword, isTooOften, openShare } from "@/lib/account/shares/open";
import { db } from "@/lib/base/db";
import { click, insertClicks, insertLinks } from "../db/query/rows";
import { cookieOf, signedIn, signedInAs } from "./access-helpers";

type Headed = Record<string, string>;

async function make(cookie: Headed, body: object): Promise<Response> {
  const headers = { "content-type": "application/json", ...cookie };
  const share = { name: "For you", path: "/", query: "interval=all", ...body };
  return POST(new Request("http://localhost/api/shares", { method: "POST", headers, body: JSON.stringify(share) }), {});
}

/** Makes a share link as the owner. @returns its token */
async function made(body: object): Promise<string> {
  const response = await make(owner, body);
  expect(response.status).toBe(201);
  return ((await response.json()) as { path: string }).path.replace("/share/", "");
}

const problemOf = async (response: Response) =>
  ((await response.json()) as { error: { message: string } }).error.message;

async function enter(token: string, password: string, from = "203.0.113.1"): Promise<Response> {
  const body = new URLSearchParams({ token, password });
  const headers = { accept: "application/json", host: "localhost", "x-forwarded-for": from };
  return open(new Request("http://localhost/api/shares/open", { method: "POST", headers, body }), {});
}

const isLocked = async (token: string, cookie = "") => (await openShare(token, new Headers({ cookie })))?.isLocked;

let owner: Headed = {};

beforeEach(async () => {
  await insertLinks([{ id: "a", shortLink: "https://go.example.com/a", title: "Shoes" }]);
  await insertClicks(Array.from({ length: 12 }, () => click({ country: "DE", visitor: "one" })));
  owner = await signedIn();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([
  [{ name: " " }, /^name: Enter a name/],
  [{ path: "/events" }, /^path: Only the overview/],
  [{ path: "/links/%E0%A4%A" }, /^path: Only the overview/],
  [{ path: "/links/nowhere" }, /^path: Only the overview/],
  [{ query: "interval=ever" }, /interval=ever/],
  [{ query: "colour=red" }, /colour=red\. Unknown parameter/],
  [{ range: "always" }, /^range: Use rolling or fixed or frozen/],
  [{ parts: ["events"] }, /^parts/],
  [{ least: 5 }, /^mayFilter: With small counts hidden/],
  [{ least: 5, mayFilter: false }, /^isCompared: With small counts hidden/],
  [{ least: -1 }, /^least: Use 0 to 1000/],
  [{ password: "short" }, /^password: Use at least 8/],
  [{ password: "long enough", hasPicture: true }, /^hasPicture: A picture would show/],
  [{ embedOn: ["javascript:alert(1)"] }, /^embedOn\.0: Use the address of a site/],
  [{ embedOn: ["https://*.example.com"] }, /^embedOn\.0: Use the address of a site/],
  [{ embedOn: ["a.example; script-src *"] }, /^embedOn\.0: Use the address of a site/],
  [{ embedOn: ["https://user@a.example"] }, /^embedOn\.0: Use the address of a site/],
  [{ expiresAt: "2020-01-01T00:00:00Z" }, /^expiresAt: Use a time in the future/],
  [{ expiresAt: "tomorrow" }, /^expiresAt: Use a time with a zone/],
  [{ owner: "me" }, /owner/],
])("a share link of %j is refused", async (share, words) => {
  const response = await make(owner, share);
  expect(response.status).toBe(422);
  expect(await problemOf(response)).toMatch(words);
  expect(await db().share.count()).toBe(0);
});

test("a share link keeps its question, its range and who may embed it, and tells the audit log", async () => {
  const query =
    "timezone=Europe/Berlin&interval=all&compare=previous&places=cities&view=plain&page=3&utm_source=x&fbclid=1";
  const embedOn = ["www.agency.example", "https://intern.example:8443/path?query", "http://localhost:3001"];
  const token = await made({ query, embedOn, isCompared: false, name: "  Report\n<b> " });
  const row = await db().share.findFirstOrThrow();
  expect(row).toMatchObject({ token, name: "Report <b>", linkId: null, passwordHash: null, frozenAt: null, least: 0 });
  expect(new URLSearchParams(row.query)).toEqual(
    new URLSearchParams("interval=all&places=cities&timezone=Europe/Berlin&utm_source=x"),
  );
  const sites = ["https://www.agency.example", "https://intern.example:8443", "http://localhost:3001"];
  expect(await readEmbedders(token)).toEqual(sites);
  expect(await readEmbedders(`${token}x`)).toEqual([]);
  expect(contentPolicy("n", false, sites)).toContain(`frame-ancestors ${sites.join(" ")}`);
  expect(contentPolicy("n", false, [])).toContain("frame-ancestors 'none'");
  const audit = await db().audit.findFirstOrThrow({ where: { action: "share.create" } });
  expect(audit).toMatchObject({ target: "Report <b>", detail: { path: "/", embedOn: sites } });
  expect(JSON.stringify(audit.detail)).not.toContain(token);
});

test("a viewer makes no share link, a member does, and a stranger's page can't", async () => {
  const viewer = await signedInAs({ role: "viewer" }, "viewer@example.com");
  expect((await make({ cookie: viewer.cookie }, {})).status).toBe(403);
  const member = await signedInAs({ role: "member" }, "member@example.com");
  expect((await make({ cookie: member.cookie }, {})).status).toBe(201);
  expect((await make({ ...owner, origin: "https://evil.example" }, {})).status).toBe(403);
});

test("a password opens a share link in this browser until it is another one", async () => {
  const token = await made({ password: "correct horse" });
  const other = await made({ password: "correct horse", name: "Another" });
  expect(JSON.stringify(await db().share.findMany(), (_, value) => String(value))).not.toContain("correct horse");
  expect(await isLocked(token)).toBe(true);
  const wrong = await enter(token, "wrong horse");
  expect(wrong.status).toBe(422);
  expect(await wrong.json()).toMatchObject({ errors: { password: "Wrong password." } });
  const right = await enter(token, "correct horse");
  expect(await right.json()).toEqual({ location: `/share/${token}` });
  const [cookie = ""] = right.headers.getSetCookie();
  expect(cookie).toMatch(new RegExp(`; Path=/share/${token}; HttpOnly; SameSite=Lax$`));
  const sent = cookieOf([cookie]);
  expect(await isLocked(token, sent)).toBe(false);
  expect(await isLocked(other, sent)).toBe(true);
  const [, proof = ""] = sent.split("=", 2);
  const { id } = await db().share.findUniqueOrThrow({ where: { token: other } });
  expect(await isLocked(other, sent.replace(/share\.[\w-]+=.*/, `share.${id}=${proof}`))).toBe(true);
  for (const forged of [sent.slice(0, -1), `${sent}x`, sent.replace(/=.*/, "="), sent.replace(/=.*/, "=é")])
    expect(await isLocked(token, forged)).toBe(true);
  await db().share.update({ where: { token }, data: { passwordHash: "salt:other" } });
  expect(await isLocked(token, sent)).toBe(true);
  await db().share.update({ where: { token }, data: { revokedAt: new Date() } });
  expect(await isLocked(token, sent)).toBeUndefined();
  expect((await enter(token, "correct horse")).status).toBe(404);
  for (const unknown of ["nothing", "\0", token.replace(/^./, "\0"), "a".repeat(5_000)])
    expect((await enter(unknown, "correct horse")).status).toBe(404);
});

test("over https the cookie is secure, and goes to the page within other sites' only where it may be embedded", async () => {
  const [alone, embedded] = [
    await made({ password: "correct horse" }),
    await made({ password: "correct horse", embedOn: ["a.example"] }),
  ];
  const cookies = await Promise.all(
    [alone, embedded].map((token) => enterPassword(token, "correct horse", new Headers(), true)),
  );
  expect(cookies[0]).toMatch(/; SameSite=Lax; Secure$/);
  expect(cookies[1]).toMatch(/; SameSite=None; Secure; Partitioned$/);
});

test("after ten wrong passwords from one network nobody there gets in for a while, and others do", async () => {
  const token = await made({ password: "correct horse" });
  for (let attempt = 0; attempt < 10; attempt++) expect((await enter(token, "wrong horse")).status).toBe(422);
  const late = await enter(token, "correct horse");
  expect(late.status).toBe(429);
  expect(Number(late.headers.get("retry-after"))).toBeGreaterThan(60);
  expect(await problemOf(late)).toMatch(/^Too many wrong passwords\. Try again in 1\d minutes\.$/);
  expect((await enter(token, "correct horse", "198.51.100.9")).status).toBe(200);
});

test("pages of share links are limited for a network, and not for another", async () => {
  const from = (address: string) => isTooOften(new Headers({ "x-forwarded-for": address }));
  const asked = await Promise.all(Array.from({ length: 121 }, () => from("203.0.113.9")));
  expect(asked.filter(Boolean)).toHaveLength(1);
  expect(await from("198.51.100.7")).toBe(false);
});

async function drawn(token: string): Promise<Response> {
  return picture(new Request(`http://localhost/share/${token}/picture`), { params: Promise.resolve({ token }) });
}

test("a picture is drawn for those who chose one, without asking anybody", async () => {
  // The library reads its own parts from addresses that hold them.
  const local = globalThis.fetch;
  vi.stubGlobal("fetch", (address: string) => {
    if (!/^(data|file):/.test(String(address))) throw new Error(`Nothing is fetched: ${String(address).slice(0, 99)}`);
    return local(address);
  });
  const drawable = Array.from({ length: 0x250 }, (_, code) => String.fromCharCode(code)).filter(isDrawable);
  expect(drawable.length).toBeGreaterThan(200);
  const named = (name: string) => made({ hasPicture: true, name });
  for (let at = 0; at < drawable.length; at += 78) {
    const token = await named("x");
    await db().share.update({ where: { token }, data: { name: drawable.slice(at, at + 78).join("") } });
    expect((await drawn(token)).status).toBe(200);
  }
  const tokens = [
    await made({ hasPicture: true, name: "Café report" }),
    await made({ hasPicture: true, name: "秋のレポート 🍁" }),
  ];
  for (const token of tokens) {
    const response = await drawn(token);
    expect(response.headers.get("content-type")).toBe("image/png");
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1_200, 630]);
  }
  expect((await drawn(await made({}))).status).toBe(404);
  expect((await drawn("nothing")).status).toBe(404);
  // One that got a password later.
  await db().share.updateMany({ where: { token: tokens[0] ?? "" }, data: { passwordHash: "salt:hash" } });
  expect((await drawn(tokens[0] ?? "")).status).toBe(404);
});
