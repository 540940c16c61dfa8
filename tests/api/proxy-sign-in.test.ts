import { beforeEach, expect, test, vi } from "vitest";
import { POST as addNote } from "@/app/api/notes/route";
import { GET as views } from "@/app/api/views/route";
import { invite } from "@/lib/account/people/invitations";
import { Rights } from "@/lib/account/people/people";
import { readDefaults } from "@/lib/account/preferences";
import { readViewer } from "@/lib/account/session";
import { db } from "@/lib/base/db";
import { signedIn, signedInAs } from "./access-helpers";

vi.hoisted(() => {
  process.env.SIGN_IN_HEADER = "X-Auth-Email";
  process.env.SIGN_IN_PROXIES = "loopback";
  process.env.SIGN_IN_ROLE = "viewer";
});

/** As the server's middleware leaves the headers of a request from the proxy. */
const named = (email: string, more: Record<string, string> = {}) => new Headers({ "x-footfall-email": email, ...more });

let owner = { cookie: "" };

beforeEach(async () => {
  owner = await signedIn();
});

test("somebody known has their own rights and zone, whatever session the browser has besides", async () => {
  const links = { linkId: ["a"] };
  const { id } = await signedInAs({ role: "member", links }, "anna@example.com");
  await db().user.update({ where: { id }, data: { zone: "Asia/Tokyo" } });
  const headers = named("Anna@Example.com", owner);
  expect(await readViewer(headers)).toMatchObject({ userId: id, role: "member", links: [{ field: "linkId" }] });
  expect((await readDefaults(headers)).zone).toBe("Asia/Tokyo");
  expect((await readDefaults(named("nobody@example.com", owner))).zone).toBeNull();
  expect(await db().user.count()).toBe(2);
});

test("somebody new gets an account with the role of new people, once, without a password", async () => {
  const both = await Promise.all([1, 2, 3].map(() => readViewer(named("ben@example.com"))));
  expect(new Set(both.map((viewer) => viewer?.userId)).size).toBe(1);
  expect(both[0]).toMatchObject({ role: "viewer", links: null });
  expect(await db().user.count({ where: { email: "ben@example.com", accounts: { none: {} } } })).toBe(1);
  const audit = await db().audit.findMany({ where: { action: "account.join" } });
  expect(audit).toMatchObject([{ byName: "ben@example.com", detail: { by: "proxy" } }]);
  await db().user.update({ where: { email: "ben@example.com" }, data: { role: "member" } });
  expect(await readViewer(named("ben@example.com"))).toMatchObject({ role: "member" });
});

test("somebody invited has the rights of their invitation, which is used up", async () => {
  const { id } = await db().user.findUniqueOrThrow({ where: { email: "owner@example.com" } });
  const rights = Rights.parse({ role: "member", links: { linkId: ["a"] } });
  await invite({ userId: id }, { rights, email: "carl@example.com" });
  const expired = await invite({ userId: id }, { rights: Rights.parse({ role: "admin" }), email: "dora@example.com" });
  await db().invitation.update({ where: { id: expired.id }, data: { expiresAt: new Date(0) } });
  expect(await readViewer(named("carl@example.com"))).toMatchObject({ role: "member", links: [{ field: "linkId" }] });
  expect(await readViewer(named("dora@example.com"))).toMatchObject({ role: "viewer", links: null });
  expect(await db().invitation.count({ where: { email: "carl@example.com" } })).toBe(0);
});

test.each(["", " ", "no address", "a@example.com, owner@example.com", "owner@example.com\u200b"])(
  "%j is nobody, and the owner's session beside it doesn't count",
  async (name) => {
    expect(await readViewer(new Headers({ "x-footfall-email": encodeURI(name), ...owner }))).toBeNull();
  },
);

test("routes let them in, and take no change from another site's page", async () => {
  const request = (method: string, headers: Record<string, string> = {}) =>
    new Request("http://localhost/api/views", {
      method,
      headers: { ...headers, "x-footfall-email": "owner@example.com" },
    });
  expect((await views(request("GET"), {})).status).toBe(200);
  expect((await addNote(request("POST", { origin: "https://evil.example" }), {})).status).toBe(403);
});
