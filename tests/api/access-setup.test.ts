import { expect, test } from "vitest";
import { setUp } from "@/lib/account/owner";
import { signIn } from "@/lib/account/sign-in";
import { db } from "@/lib/base/db";

const TOKEN = "kJ2-the-token-of-this-start";

const form = (changes: Record<string, string> = {}) => ({
  token: TOKEN,
  email: "Owner@Example.com",
  password: "a password of the owner",
  repeat: "a password of the owner",
  ...changes,
});

const wrongToken = { errors: { token: "Wrong token. Copy the one printed when the server started." } };

test("the right token makes the account once", async () => {
  const created = { created: { email: "owner@example.com", password: "a password of the owner" } };
  expect(await setUp(form(), TOKEN)).toEqual(created);
  const { cookies } = await signIn(created.created, new Headers({ host: "localhost:3000" }));
  expect(cookies).toEqual([expect.stringMatching(/^footfall-[0-9a-f]{8}\.session_token=/)]);
  expect(await setUp(form({ email: "second@example.com" }), TOKEN)).toBe("exists");
  expect(await db().user.findMany({ select: { email: true } })).toEqual([{ email: "owner@example.com" }]);
});

test("of two who set up at once one makes the account", async () => {
  const results = await Promise.all([setUp(form({ email: "a@example.com" }), TOKEN), setUp(form(), TOKEN)]);
  expect(results.filter((result) => result === "exists")).toHaveLength(1);
  expect(await db().user.count()).toBe(1);
});

test("a wrong token makes nothing, and a server without a token takes none", async () => {
  expect(await setUp(form({ token: "" }), TOKEN)).toEqual(wrongToken);
  expect(await setUp(form({ token: `${TOKEN}x` }), TOKEN)).toEqual(wrongToken);
  expect(await setUp(form(), undefined)).toEqual(wrongToken);
  expect(await setUp(form({ token: "" }), undefined)).toEqual(wrongToken);
  expect(await setUp(form({ token: "" }), "")).toEqual(wrongToken);
  expect(await db().user.count()).toBe(0);
});

test("every field says what is wrong with it", async () => {
  expect(await setUp(form({ email: "owner", password: "short", repeat: "shorter" }), TOKEN)).toEqual({
    errors: {
      email: "Enter an email address such as you@example.com.",
      password: "Use at least 8 characters.",
      repeat: "The passwords don’t match.",
    },
  });
  const long = "x".repeat(129);
  expect(await setUp(form({ password: long, repeat: long }), TOKEN)).toEqual({
    errors: { password: "Use at most 128 characters." },
  });
  expect(await db().user.count()).toBe(0);
});
