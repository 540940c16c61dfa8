import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { DELETE as disconnect } from "@/app/api/account/provider/route";
import { ensureOwner } from "@/lib/account/owner";
import { invite } from "@/lib/account/people/invitations";
import { passwordToken, setPassword } from "@/lib/account/people/password-link";
import { changeRights, Rights } from "@/lib/account/people/people";
import { failureWords } from "@/lib/account/provider/sign-in";
import { readViewer } from "@/lib/account/session";
import { db } from "@/lib/base/db";
import { passProvider } from "../setup/oidc-browser";
import { OWNER, signedIn, signedInAs } from "./access-helpers";
import { back, begun, CALLBACK, type Came, HERE, signInAs } from "./provider-helpers";

const { known, stop } = await vi.hoisted(async () => {
  const { CLIENT, startProvider } = await import("../setup/oidc");
  const known: Record<string, Record<string, unknown>> = {};
  const { issuer, stop } = await startProvider("http://localhost:3999/api/auth/callback/oidc", known);
  Object.assign(process.env, {
    ...{ PUBLIC_URL: "http://localhost:3999", OIDC_ISSUER: `${issuer}/`, OIDC_NAME: "Example ID" },
    ...{ OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret },
    ...{ OIDC_ROLE: "viewer", OIDC_ROLE_CLAIM: "groups" },
  });
  return { known, stop };
});

afterAll(stop);

beforeEach(async () => {
  for (const name of Object.keys(known)) delete known[name];
  await signedIn();
});

const viewer = ({ cookie }: Came) => readViewer(new Headers({ cookie }));
const names = async () => (await db().user.findMany({ orderBy: { email: "asc" } })).map(({ email }) => email);

test("somebody new gets an account with the usual role, and the next time the same one, by whatever address", async () => {
  known.anna = { email: "Anna@Example.com" };
  const first = await signInAs("anna", "/links?filter[country]=is:DE&tab=domain");
  expect(first.location).toBe(`${HERE}/links?filter[country]=is:DE&tab=domain`);
  const person = await viewer(first);
  expect(person).toMatchObject({ role: "viewer", links: null });
  known.anna = { email: "married@example.com" };
  expect(await viewer(await signInAs("anna"))).toMatchObject({ userId: person?.userId });
  expect(await names()).toEqual(["anna@example.com", OWNER.email]);
  // Neither tokens nor a password are kept.
  const accounts = await db().account.findMany({ where: { userId: person?.userId ?? "" } });
  expect(accounts).toHaveLength(1);
  expect(accounts[0]).toMatchObject({
    providerId: "oidc",
    accessToken: null,
    refreshToken: null,
    idToken: null,
    password: null,
  });
  const audit = await db().audit.findMany({ orderBy: { id: "asc" }, where: { byName: "anna@example.com" } });
  expect(audit.map(({ action }) => action)).toEqual([
    "account.join",
    "account.connect",
    "session.start",
    "session.start",
  ]);
});

test("an account with a password is connected by who is signed in to it, and by nobody else", async () => {
  const { id, cookie } = await signedInAs({ role: "viewer", links: { linkId: ["a"] } }, "ben@example.com");
  // Whoever took the address of somebody who comes later would have them in their account.
  known.ben = { groups: ["admin"] };
  for (const session of ["", (await signedInAs({ role: "admin" }, "carl@example.com")).cookie]) {
    const refused = await signInAs("ben", "/", session);
    expect(refused.location).toBe(session ? "/settings?error=connect#sign-in-provider" : "/login?error=connect");
    expect(await viewer(refused)).toBeNull();
  }
  expect(await readViewer(new Headers({ cookie }))).toMatchObject({ userId: id, role: "viewer" });
  known.ben = {};
  expect(await viewer(await signInAs("ben", "/settings", cookie))).toMatchObject({ userId: id });
  expect(await viewer(await signInAs("ben"))).toMatchObject({ userId: id, links: [{ field: "linkId" }] });
  // Another identity with the same address, such as of who gets it next.
  known.ben2 = { email: "ben@example.com" };
  expect((await signInAs("ben2")).location).toBe("/login?error=connect");

  const headers = { cookie, origin: HERE };
  const gone = await disconnect(new Request(`${HERE}/api/account/provider`, { method: "DELETE", headers }), {});
  expect(gone.status).toBe(200);
  expect((await signInAs("ben")).location).toBe("/login?error=connect");
});

test("who came by the provider alone can't disconnect it; a password link does", async () => {
  const came = await signInAs("anna");
  const headers = { cookie: came.cookie, origin: HERE };
  const kept = await disconnect(new Request(`${HERE}/api/account/provider`, { method: "DELETE", headers }), {});
  expect(kept.status).toBe(422);
  const userId = (await viewer(came))?.userId ?? "";
  expect(await setPassword(await passwordToken(userId), "a password of Anna")).toBe(true);
  expect((await signInAs("anna")).location).toBe("/login?error=connect");
});

test("an owner whom the environment sets anew has no identity of the one before", async () => {
  const { cookie } = await signedIn();
  known.boss = { email: OWNER.email };
  expect(await viewer(await signInAs("boss", "/", cookie))).toMatchObject({ role: "owner" });
  expect(await ensureOwner({ email: "next@example.com", password: "another password" })).toBe("updated");
  known.boss = { email: OWNER.email, email_verified: false };
  expect((await signInAs("boss")).location).toBe("/login?error=email");
});

test("the claim gives the most powerful role that it names, each time, and never an owner's", async () => {
  known.anna = { groups: ["viewer", "footfall-member"] };
  const first = await viewer(await signInAs("anna"));
  expect(first).toMatchObject({ role: "member" });
  const owner = await db().user.findUniqueOrThrow({ where: { email: OWNER.email } });
  const limited = Rights.parse({ role: "viewer", links: { linkId: ["a"] } });
  await changeRights({ userId: owner.id }, first?.userId ?? "", limited);
  known.anna = { groups: "Admin" };
  const admin = await signInAs("anna");
  expect(await viewer(admin)).toMatchObject({ role: "admin", links: null });
  // Who has no role there has at most that of new people, and their limit again.
  known.anna = { groups: ["owner", "footfall-owner", "badmin", "admin2"] };
  const last = await signInAs("anna");
  for (const came of [last, admin])
    expect(await viewer(came)).toMatchObject({ role: "viewer", links: [{ field: "linkId" }] });
  const { cookie } = await signedIn();
  known.boss = { email: OWNER.email, groups: ["viewer"] };
  expect(await viewer(await signInAs("boss", "/", cookie))).toMatchObject({ userId: owner.id, role: "owner" });
});

test("who is signed in is never led to another account, and reads why where they are", async () => {
  const { cookie } = await signedIn();
  known.anna = { email: "another@example.com" };
  const came = await signInAs("anna", "/settings", cookie);
  expect(came.location).toBe("/settings?error=other#sign-in-provider");
  expect(await names()).toEqual([OWNER.email]);
  expect(failureWords("other")).toMatch(/^Example ID knows you by another email address/);
});

test("somebody without a password who is made anew at the provider is told what helps", async () => {
  await signInAs("anna");
  known.anna2 = { email: "anna@example.com" };
  expect((await signInAs("anna2")).location).toBe("/login?error=identity");
});

test("an invitation to the address is used up, and its limits hold; a role claim counts more than its role", async () => {
  const { id } = await db().user.findUniqueOrThrow({ where: { email: OWNER.email } });
  const rights = Rights.parse({ role: "member", mayExport: false, links: { linkId: ["a"] } });
  for (const email of ["pal@example.com", "other@example.com"]) await invite({ userId: id }, { rights, email });
  const came = await viewer(await signInAs("pal"));
  expect(came).toMatchObject({ role: "viewer", links: [{ field: "linkId" }] });
  expect(came?.powers).toEqual([]);
  expect((await db().invitation.findMany()).map(({ email }) => email)).toEqual(["other@example.com"]);
});

test("several first sign-ins at once make one account, which opens afterwards", async () => {
  const ways = await Promise.all([1, 2, 3].map(() => begun()));
  const urls = await Promise.all(ways.map(({ location }) => passProvider(location, CALLBACK, "anna")));
  await Promise.all(urls.map((url, index) => back(url, ways[index]?.cookie ?? "")));
  expect(await names()).toEqual(["anna@example.com", OWNER.email]);
  expect(await viewer(await signInAs("anna"))).toMatchObject({ role: "viewer" });
});

test("an address that isn't verified opens nobody's account", async () => {
  for (const email_verified of [false, undefined, "false", null, 0]) {
    known.carl = { email: OWNER.email, email_verified };
    const came = await signInAs("carl");
    expect(came.location, String(email_verified)).toBe("/login?error=email");
    expect(await viewer(came)).toBeNull();
  }
  for (const email of ["", "no address", "a@example.com, owner@example.com"]) {
    known.carl = { email, email_verified: true };
    expect((await signInAs("carl")).location).toMatch(/\/login\?error=/);
  }
  expect(await names()).toEqual([OWNER.email]);
  const refused = await db().audit.findFirst({ where: { action: "session.refuse" } });
  expect(refused).toMatchObject({ byName: OWNER.email, detail: { by: "provider" } });
});

test("a way back counts once, in the browser that began it", async () => {
  const { location, cookie } = await begun();
  const url = await passProvider(location, CALLBACK, "anna");
  const other = await begun();
  for (const [case_, came] of Object.entries({
    "without cookies": await back(url, ""),
    "in another browser": await back(url, other.cookie),
    "with another state": await back(url.replace(/state=[^&]+/, "state=other"), cookie),
    "without a state": await back(url.replace(/state=[^&]+/, ""), cookie),
    "with another issuer": await back(url.replace(/iss=[^&]+/, "iss=https%3A%2F%2Fevil.example"), cookie),
    "with a forged code": await back(url.replace(/code=[^&]+/, "code=forged"), cookie),
  })) {
    expect(came.location, case_).toMatch(/\/login\?error=\w+$/);
    expect(await viewer(came), case_).toBeNull();
  }
  expect(await viewer(await back(url, cookie))).toMatchObject({ role: "viewer" });
  const again = await back(url, cookie);
  expect(again.location).toMatch(/\/login\?error=\w+$/);
  expect(await viewer(again)).toBeNull();
});

test.each([
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/login",
  "javascript:alert(1)",
  "/api/export/x",
])("afterwards nobody is led to %s", async (next) => {
  expect((await signInAs("anna", next)).location).toBe(`${HERE}/`);
});

test("a provider that denies it leads to the sign-in page, with words for whatever it says", async () => {
  const { location, cookie } = await begun();
  const state = new URL(location).searchParams.get("state") ?? "";
  const came = await back(`${CALLBACK}?error=access_denied&error_description=%3Cb%3E&state=${state}`, cookie);
  expect(new URL(came.location).pathname).toBe("/login");
  expect(failureWords("access_denied")).toBe(
    "Signing in with Example ID didn’t work. Try again, or use your password.",
  );
  expect(failureWords("constructor")).toBe(failureWords("none"));
  expect(failureWords("role")).toMatch(/^You have no role for Footfall at Example ID/);
});
