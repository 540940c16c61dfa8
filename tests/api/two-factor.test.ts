import { beforeEach, expect, test } from "vitest";
import { DELETE as dropOther } from "@/app/api/people/[id]/two-factor/route";
import { POST as enter } from "@/app/api/sign-in/code/route";
import { POST as signIn } from "@/app/api/sign-in/route";
import { POST as renew } from "@/app/api/two-factor/codes/route";
import { POST as begin, PATCH as confirm, DELETE as end } from "@/app/api/two-factor/route";
import { readViewer } from "@/lib/account/session";
import type { Enrolment } from "@/lib/account/two-factor";
import { db } from "@/lib/base/db";
import { totp } from "../setup/totp";
import { cookieOf, OWNER, signedIn, signedInAs } from "./access-helpers";

const ORIGIN = { host: "localhost:3000", origin: "http://localhost:3000" };
const PASSWORD = { currentPassword: OWNER.password };

const send = (method: string, body: object, cookie: string) =>
  new Request("http://localhost:3000/api/x", {
    method,
    headers: { "content-type": "application/json", ...ORIGIN, cookie },
    body: JSON.stringify(body),
  });

const form = (fields: Record<string, string>, cookie = "") =>
  new Request("http://localhost:3000/api/x", {
    method: "POST",
    headers: { ...ORIGIN, accept: "application/json", cookie },
    body: new URLSearchParams(fields),
  });

const messageOf = async (response: Response) =>
  ((await response.json()) as { error: { message: string } }).error.message;
const isIn = async (cookie: string) => (await readViewer(new Headers({ cookie }))) !== null;
const password = (next = "/links") => signIn(form({ ...OWNER, next }), {});

let cookie: string;

beforeEach(async () => {
  ({ cookie } = await signedIn());
});

async function turnOn(): Promise<Enrolment> {
  const response = await begin(send("POST", PASSWORD, cookie), {});
  expect(response.status).toBe(201);
  const made = (await response.json()) as Enrolment;
  const confirmed = await confirm(send("PATCH", { code: totp(made.secret) }, cookie), {});
  expect(confirmed.status).toBe(200);
  cookie = cookieOf(confirmed.headers.getSetCookie());
  return made;
}

test("it is on once a first code was right, and the session goes on", async () => {
  const wrong = await begin(send("POST", { currentPassword: "not it" }, cookie), {});
  expect(await messageOf(wrong)).toMatch(/^currentPassword: /);
  const made = (await (await begin(send("POST", PASSWORD, cookie), {})).json()) as Enrolment;
  expect(made.recoveryCodes).toHaveLength(10);
  expect(made.path).toMatch(/^M\d+ \d+h1v1h-1z/);
  const stored = JSON.stringify(await db().twoFactor.findMany());
  expect(stored).not.toContain(made.secret);
  expect(stored).not.toContain(made.recoveryCodes[0]);
  const refused = await confirm(send("PATCH", { code: "000000" }, cookie), {});
  expect(await messageOf(refused)).toMatch(/^code: Wrong code/);
  // Until then the password suffices.
  expect(await (await password()).json()).toEqual({ location: "/links" });
  const before = cookie;
  await turnOn();
  expect(await isIn(cookie)).toBe(true);
  expect(await isIn(before)).toBe(false);
});

test("the password alone makes no session; a code of the app completes it", async () => {
  const { secret } = await turnOn();
  const sessions = await db().session.count();
  const first = await password();
  expect(await first.json()).toEqual({ location: "/code?next=%2Flinks" });
  const half = cookieOf(first.headers.getSetCookie());
  expect(await isIn(half)).toBe(false);
  expect(await db().session.count()).toBe(sessions);
  const wrong = await enter(form({ code: "123", next: "/links" }, half), {});
  expect(((await wrong.json()) as { errors: object }).errors).toMatchObject({
    code: expect.stringContaining("Wrong code"),
  });
  const code = totp(secret);
  const entered = await enter(form({ code: `${code.slice(0, 3)} ${code.slice(3)}`, next: "/links" }, half), {});
  expect(await entered.json()).toEqual({ location: "/links" });
  expect(await isIn(cookieOf(entered.headers.getSetCookie()))).toBe(true);
  const log = await db().audit.findMany({ orderBy: { id: "asc" }, select: { action: true } });
  expect(log.map(({ action }) => action)).toEqual(["account.two-factor-on", "session.refuse", "session.start"]);
});

test("a code without the password before it signs nobody in", async () => {
  const { secret } = await turnOn();
  const answer = await enter(form({ code: totp(secret), next: "/" }), {});
  expect(answer.status).toBe(401);
  expect(await messageOf(answer)).toBe("Sign in again with your password first.");
  expect(answer.headers.getSetCookie().join()).not.toContain("session_token=ey");
});

test("after five wrong codes the password is asked for again, and after ten the account waits", async () => {
  const { secret } = await turnOn();
  for (let round = 0; round < 2; round += 1) {
    const half = cookieOf((await password()).headers.getSetCookie());
    for (let guess = 0; guess < 5; guess += 1)
      expect((await enter(form({ code: "000001", next: "/" }, half), {})).status).toBe(422);
    expect((await enter(form({ code: totp(secret), next: "/" }, half), {})).status).not.toBe(200);
  }
  const half = cookieOf((await password()).headers.getSetCookie());
  const locked = await enter(form({ code: totp(secret), next: "/" }, half), {});
  expect(locked.status).toBe(429);
  expect(await messageOf(locked)).toBe("Too many wrong codes. Try again in 15 minutes.");
});

test("a recovery code works once, and new ones replace the others", async () => {
  const { recoveryCodes } = await turnOn();
  const [first = "", second = ""] = recoveryCodes;
  const enterWith = async (code: string) => {
    const half = cookieOf((await password()).headers.getSetCookie());
    return (await enter(form({ code, next: "/" }, half), {})).status;
  };
  expect(await enterWith(first)).toBe(200);
  expect(await enterWith(first)).toBe(422);
  const renewed = await renew(send("POST", PASSWORD, cookie), {});
  const { recoveryCodes: others } = (await renewed.json()) as { recoveryCodes: string[] };
  expect(others).toHaveLength(10);
  expect(await enterWith(second)).toBe(422);
  expect(await enterWith(others[0] ?? "")).toBe(200);
});

test("its person turns it off with the password, an admin without", async () => {
  await turnOn();
  expect((await end(send("DELETE", { currentPassword: "not it" }, cookie), {})).status).toBe(422);
  const ended = await end(send("DELETE", PASSWORD, cookie), {});
  expect(ended.status).toBe(200);
  expect(await (await password()).json()).toEqual({ location: "/links" });
  cookie = cookieOf(ended.headers.getSetCookie());
  await turnOn();
  const { id } = await db().user.findFirstOrThrow();
  const at = { params: Promise.resolve({ id }) };
  const admin = await signedInAs({ role: "admin" }, "admin@example.com");
  expect((await dropOther(send("DELETE", {}, admin.cookie), at)).status).toBe(403);
  const other = await signedInAs({ role: "owner" }, "other@example.com");
  expect((await dropOther(send("DELETE", {}, other.cookie), at)).status).toBe(204);
  expect(await (await password()).json()).toEqual({ location: "/links" });
  expect(await db().twoFactor.count()).toBe(0);
});
