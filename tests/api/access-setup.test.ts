import { expect, test } from "vitest";
import { setUp } from "@/lib/access/setup";
import { signIn } from "@/lib/access/sign-in";
import { db } from "@/lib/db";

const TOKEN = "kJ2-the-token-of-this-start";
const MINUTE_MS = 60_000;

const form = (changes: Record<string, string> = {}) => ({
  token: TOKEN,
  email: "Owner@Example.com",
  password: "a password of the owner",
  repeat: "a password of the owner",
  ...changes,
});

const wrongToken = { errors: { token: "This is not the token that was printed when the server started." } };

test("the right token makes the account once", async () => {
  const created = { created: { email: "owner@example.com", password: "a password of the owner" } };
  expect(await setUp(form(), TOKEN, 0)).toEqual(created);
  const session = await signIn(created.created, new Headers({ host: "localhost:3000" }));
  expect(session).toEqual({ cookies: [expect.stringMatching(/^footfall\.session_token=/)] });
  expect(await setUp(form({ email: "second@example.com" }), TOKEN, 0)).toBe("exists");
  expect(await db().user.findMany({ select: { email: true } })).toEqual([{ email: "owner@example.com" }]);
});

test("of two who set up at once one makes the account", async () => {
  const results = await Promise.all([setUp(form({ email: "a@example.com" }), TOKEN, 0), setUp(form(), TOKEN, 0)]);
  expect(results.filter((result) => result === "exists")).toHaveLength(1);
  expect(await db().user.count()).toBe(1);
});

test("a wrong token makes nothing, and a server without a token takes none", async () => {
  const start = 10 * MINUTE_MS;
  expect(await setUp(form({ token: "" }), TOKEN, start)).toEqual(wrongToken);
  expect(await setUp(form({ token: `${TOKEN}x` }), TOKEN, start)).toEqual(wrongToken);
  expect(await setUp(form(), undefined, start)).toEqual(wrongToken);
  expect(await setUp(form({ token: "" }), undefined, start)).toEqual(wrongToken);
  expect(await setUp(form({ token: "" }), "", start)).toEqual(wrongToken);
  expect(await db().user.count()).toBe(0);
});

test("after ten wrong tokens even the right one waits a minute", async () => {
  const start = 20 * MINUTE_MS;
  for (let count = 0; count < 10; count += 1) {
    expect(await setUp(form({ token: `guess ${count}` }), TOKEN, start + count)).toEqual(wrongToken);
  }
  const wait = { errors: { token: "Too many wrong tokens. Wait a minute and try again." } };
  expect(await setUp(form(), TOKEN, start + MINUTE_MS - 1)).toEqual(wait);
  expect(await db().user.count()).toBe(0);
  expect(await setUp(form(), TOKEN, start + MINUTE_MS + 9)).toHaveProperty("created");
});

test("every field says what is wrong with it", async () => {
  const start = 30 * MINUTE_MS;
  expect(await setUp(form({ email: "owner", password: "short", repeat: "shorter" }), TOKEN, start)).toEqual({
    errors: {
      email: "Enter an e-mail address such as you@example.com.",
      password: "Use at least 8 characters.",
      repeat: "The passwords differ.",
    },
  });
  const long = "x".repeat(129);
  expect(await setUp(form({ password: long, repeat: long }), TOKEN, start)).toEqual({
    errors: { password: "Use at most 128 characters." },
  });
  expect(await db().user.count()).toBe(0);
});
