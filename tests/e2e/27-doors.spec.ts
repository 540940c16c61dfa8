import { expect } from "@playwright/test";
import { clickPayload } from "../factory";
import { deliver, OWNER, serverUrl, sql } from "../setup/e2e";
import { test } from "../setup/installation";
import { OPEN_PAGES, PAGES } from "../setup/pages";

type Caller = Record<string, string>;

const PASSWORD = "a password of somebody";
const ROLES = {
  "an admin": { role: "admin" },
  "a member": { role: "member" },
  "a member with a limit": { role: "member", links: { linkId: ["own"] } },
  "a viewer": { role: "viewer" },
  "a viewer without exports": { role: "viewer", mayExport: false },
};
/** Who has the power that a page needs. */
const HAVE: Record<string, string[]> = {
  settings: ["an owner", "an admin"],
  operate: ["an owner", "an admin", "a member"],
  write: ["an owner", "an admin", "a member", "a member with a limit"],
};

const cookiesOf = (answer: Response): Caller => ({
  cookie: answer.headers
    .getSetCookie()
    .map((text) => text.replace(/;.*/s, ""))
    .join("; "),
});

async function send(path: string, body: object, headers: Caller = {}, method = "POST"): Promise<Response> {
  const sent = { "Content-Type": "application/json", Origin: serverUrl(), ...headers };
  return fetch(`${serverUrl()}${path}`, { method, headers: sent, body: JSON.stringify(body) });
}

async function form(path: string, fields: Record<string, string>): Promise<Response> {
  const headers = { Accept: "application/json", Origin: serverUrl() };
  return fetch(`${serverUrl()}${path}`, { method: "POST", headers, body: new URLSearchParams(fields) });
}

const get = (path: string, headers: Caller = {}) => fetch(`${serverUrl()}${path}`, { headers, redirect: "manual" });

/** Made by an owner; what it answers has `Field`. */
async function made<Field extends string>(path: string, body: object, owner: Caller): Promise<Record<Field, string>> {
  const answer = await send(path, body, owner);
  expect(answer.status, path).toBe(201);
  return answer.json();
}

async function callers(owner: Caller): Promise<Record<string, Caller>> {
  const people: [string, Caller][] = [];
  for (const [name, given] of Object.entries(ROLES)) {
    const rights = { mayExport: true, links: null, ...given };
    const { token } = await made<"token">("/api/invitations", { rights }, owner);
    const email = `${name.replaceAll(" ", "-")}@example.com`;
    people.push([name, cookiesOf(await form("/api/join", { token, email, password: PASSWORD, repeat: PASSWORD }))]);
  }
  const ended = cookiesOf(await send("/api/auth/sign-in/email", OWNER));
  await form("/api/sign-out", {});
  await fetch(`${serverUrl()}/api/sign-out`, { method: "POST", headers: { ...ended, Origin: serverUrl() } });
  const { value } = await made<"value">("/api/keys", { name: "all", scopes: ["read", "export", "import"] }, owner);
  const [name = ""] = (owner.cookie ?? "").split("=");
  return {
    ...Object.fromEntries(people),
    ...{ nobody: {}, "an ended session": ended, "a forged session": { cookie: `${name}=forged.signature` } },
    ...{ "a key": { authorization: `Bearer ${value}` }, "a key as a cookie": { cookie: `${name}=${value}` } },
  };
}

test.beforeAll(async () => {
  for (const id of ["own", "other"]) {
    const link = { id, domain: "go.example.com", key: id, shortLink: `https://go.example.com/${id}` };
    const click = { id, timestamp: new Date().toISOString() };
    expect((await deliver(clickPayload({ id, click, link }))).status).toBe(202);
  }
});

test("every page opens to those whom it is for, and to nobody else", async () => {
  const owner = cookiesOf(await send("/api/auth/sign-in/email", OWNER));
  const all = { "an owner": owner, ...(await callers(owner)) };
  const answers: Record<string, unknown> = {};
  const expected: Record<string, unknown> = {};
  for (const [file, power] of Object.entries(PAGES)) {
    const path = `/${file}`
      .replace("/(dashboard)", "")
      .replace(/\/?page\.tsx$/, "")
      .replace("[id]", "own");
    for (const [name, headers] of Object.entries(all)) {
      const answer = await get(`${path || "/"}?interval=all&timezone=UTC&bots=include&weekStart=monday`, headers);
      const body = await answer.text();
      const place = `${path} by ${name}`;
      const isPerson = name === "an owner" || name in ROLES;
      const isAllowed = isPerson && (power === null || HAVE[power]?.includes(name));
      answers[place] = [answer.status, answer.headers.get("location")?.split("?")[0]?.replace(serverUrl(), "") ?? null];
      expected[place] = isAllowed ? [200, null] : isPerson ? [404, null] : [307, "/login"];
      // A redirect or a page that isn't there tells nothing of what would have been on it.
      if (!isAllowed) expect(body, place).not.toContain("go.example.com");
      if (name === "a member with a limit") expect(body, place).not.toContain("go.example.com/other");
    }
  }
  expect(answers).toEqual(expected);
  expect(Object.keys(answers).length).toBeGreaterThan(100);
});

test("the page and the picture of a share link open with what the link asks for, and never afterwards", async () => {
  const owner = cookiesOf(await send("/api/auth/sign-in/email", OWNER));
  const share = async (name: string, more: object = {}) => {
    const body = { name, path: "/", query: "linkId=own&bots=include&interval=all", hasPicture: true, ...more };
    const { id, path } = await made<"id" | "path">("/api/shares", body, owner);
    return { id, token: path.replace("/share/", "") };
  };
  const [open, locked, expired, revoked] = [
    await share("open"),
    await share("locked", { password: PASSWORD, hasPicture: false }),
    await share("expired", { expiresAt: new Date(Date.now() + 3_600_000).toISOString() }),
    await share("revoked"),
  ];
  await sql("update share set expires_at = now() - interval '1 minute' where id = $1", [expired.id]);
  expect((await send(`/api/shares/${revoked.id}`, {}, owner, "DELETE")).ok).toBe(true);
  const unlocked = cookiesOf(await form("/api/shares/open", { token: locked.token, password: PASSWORD }));
  const wrong = { cookie: (unlocked.cookie ?? "").replace(/=.*/, "=forged") };
  const cases: [string, string, Caller, boolean][] = [
    ["an open one", open.token, {}, true],
    ["a locked one without its password", locked.token, {}, false],
    ["a locked one with a forged cookie", locked.token, wrong, false],
    ["a locked one with its password", locked.token, unlocked, true],
    ["an expired one", expired.token, unlocked, false],
    ["a revoked one", revoked.token, unlocked, false],
    ["a forged one", `${open.token.slice(0, -1)}${open.token.endsWith("A") ? "B" : "A"}`, {}, false],
    ["an expired one, for its maker", expired.token, owner, false],
  ];
  for (const [name, token, headers, isOpen] of cases) {
    const page = await get(`/share/${token}`, headers);
    const body = await page.text();
    expect(body.includes("go.example.com/own"), name).toBe(isOpen);
    expect(body, name).not.toContain("go.example.com/other");
    expect(body, name).toMatch(/<meta name="robots" content="noindex/);
    const picture = await get(`/share/${token}/picture`, headers);
    expect(picture.status, name).toBe(isOpen && token !== locked.token ? 200 : 404);
    await picture.body?.cancel();
  }
});

test("pages before the sign-in are there for everybody, and tell nothing", async () => {
  for (const file of OPEN_PAGES.filter((name) => !name.includes("["))) {
    const answer = await get(`/${file.replace("/page.tsx", "")}`);
    const body = await answer.text();
    expect([200, 307], file).toContain(answer.status);
    expect(body, file).not.toMatch(/go\.example\.com|owner@example\.com/);
  }
});
