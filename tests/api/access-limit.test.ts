import { beforeEach, expect, test } from "vitest";
import { POST } from "@/app/api/auth/[...all]/route";
import { POST as postSetup } from "@/app/api/setup/route";
import { POST as postSignIn } from "@/app/api/sign-in/route";
import { createOwner } from "@/lib/account/owner";
import { db } from "@/lib/base/db";
import { env } from "@/lib/base/env";
import { authRequest, OWNER } from "./access-helpers";

// Refused before a password is hashed, so that the tests are quick; counted all the same.
const GUESS = { email: "no address", password: "a guess" };

const guess = async (address: string) =>
  (await POST(authRequest("/sign-in/email", GUESS, { "x-forwarded-for": address }), {})).status;

/** A form as a browser sends it. */
function form(path: string, fields: Record<string, string>, address: string): Request {
  const headers = { host: "localhost:3000", "x-forwarded-for": address, accept: "application/json" };
  return new Request(`http://localhost:3000${path}`, { method: "POST", headers, body: new URLSearchParams(fields) });
}

const times = (count: number) => Array.from({ length: count }, (_, index) => index);

beforeEach(async () => {
  env().SETUP_TOKEN = "the-token-of-this-start";
});

test("of a hundred and fifty guesses at once sixty are looked at, and other addresses are not kept out", async () => {
  await createOwner(OWNER);
  const statuses = await Promise.all(times(150).map(() => guess("203.0.113.1")));
  expect(statuses.filter((status) => status === 400)).toHaveLength(60);
  expect(statuses.filter((status) => status === 429)).toHaveLength(90);
  const entered = await POST(authRequest("/sign-in/email", OWNER, { "x-forwarded-for": "203.0.113.2" }), {});
  expect(entered.status).toBe(200);
});

test("the form of the page and the library's route count together; addresses of one IPv6 network are one", async () => {
  await createOwner(OWNER);
  await Promise.all(times(60).map((n) => guess(`2001:db8:1:2::${n.toString(16)}`)));
  const answer = await postSignIn(form("/api/sign-in", OWNER, "2001:db8:1:2:ffff::1"), {});
  expect(answer.status).toBe(429);
  expect(answer.headers.get("retry-after")).toBe("60");
  expect(await answer.json()).toMatchObject({
    error: { code: "rate_limit_exceeded", message: "Too many attempts. Wait a minute and try again." },
  });
  expect((await postSignIn(form("/api/sign-in", OWNER, "2001:db8:1:3::1"), {})).status).toBe(200);
});

test("after a minute an address may try again", async () => {
  await Promise.all(times(61).map(() => guess("203.0.113.1")));
  expect(await guess("203.0.113.1")).toBe(429);
  await db().$executeRaw`update attempt set began_at = began_at - interval '61 seconds'`;
  expect(await guess("203.0.113.1")).toBe(400);
});

test("addresses are not kept, and what is old is forgotten", async () => {
  await guess("203.0.113.1");
  expect(JSON.stringify(await db().attempt.findMany())).not.toContain("203.0.113.1");
  await db().$executeRaw`update attempt set began_at = began_at - interval '2 hours'`;
  await guess("203.0.113.2");
  expect(await db().attempt.count()).toBe(1);
});

test("wrong set-up tokens keep nobody out but those who send them", async () => {
  const fields = { ...OWNER, repeat: OWNER.password };
  const send = (token: string, address: string) =>
    postSetup(form("/api/setup", { ...fields, token }, address), undefined);
  const guesses = await Promise.all(times(25).map((n) => send(`guess ${n}`, "203.0.113.1")));
  expect(guesses.filter(({ status }) => status === 422)).toHaveLength(20);
  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(5);
  expect((await send("the-token-of-this-start", "203.0.113.1")).status).toBe(429);
  expect((await send("the-token-of-this-start", "203.0.113.2")).status).toBe(200);
  expect(await db().user.count()).toBe(1);
});

const fail = async (address: string, email = OWNER.email) =>
  (await POST(authRequest("/sign-in/email", { email, password: "not it" }, { "x-forwarded-for": address }), {})).status;
const enter = (address: string) => POST(authRequest("/sign-in/email", OWNER, { "x-forwarded-for": address }), {});

test("after ten wrong passwords from one network, none is looked at there for a quarter of an hour", async () => {
  await createOwner(OWNER);
  for (const _ of times(10)) expect(await fail("203.0.113.1")).toBe(401);
  const locked = await enter("203.0.113.1");
  expect(locked.status).toBe(429);
  expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(600);
  expect(await locked.json()).toMatchObject({
    error: { message: "Too many wrong passwords. Try again in 15 minutes, or ask an admin for a password link." },
  });
  expect((await enter("203.0.113.2")).status).toBe(200);
  await db().$executeRaw`update attempt set began_at = began_at - interval '16 minutes'`;
  expect((await enter("203.0.113.1")).status).toBe(200);
});

test("an unknown account is locked like a known one", async () => {
  await createOwner(OWNER);
  for (const _ of times(10)) expect(await fail("203.0.113.1", "nobody@example.com")).toBe(401);
  expect(await fail("203.0.113.1", "nobody@example.com")).toBe(429);
  expect(await fail("203.0.113.1")).toBe(401);
});

test("guesses from everywhere lock an account, but not where its person is signed in", async () => {
  await createOwner(OWNER);
  expect((await enter("203.0.113.200")).status).toBe(200);
  for (const n of times(50)) expect(await fail(`203.0.113.${n}`)).toBe(401);
  expect((await enter("203.0.113.99")).status).toBe(429);
  expect((await enter("203.0.113.200")).status).toBe(200);
});
