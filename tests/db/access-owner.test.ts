import { expect, test } from "vitest";
import { createOwner, ensureOwner, hasOwner } from "@/lib/account/owner";
import { readViewer } from "@/lib/account/session";
import { signIn } from "@/lib/account/sign-in";
import { db } from "@/lib/base/db";
import { cookieOf } from "../api/access-helpers";

const OWNER = { email: "owner@example.com", password: "a password of the owner" };

const entering = (credentials: typeof OWNER) => signIn(credentials, new Headers({ host: "localhost:3000" }));

async function cookieFor(credentials: typeof OWNER): Promise<Headers> {
  return new Headers({ cookie: cookieOf(await entering(credentials)) });
}

test("without settings nothing is made", async () => {
  expect(await ensureOwner(null)).toBe("missing");
  expect(await hasOwner()).toBe(false);
});

test("with settings the account is made, and left alone while they stay", async () => {
  expect(await ensureOwner({ ...OWNER, email: "Owner@Example.com" })).toBe("created");
  const cookie = await cookieFor(OWNER);
  const before = await db().user.findMany({ include: { accounts: true, sessions: true } });
  expect(await ensureOwner(OWNER)).toBe("unchanged");
  expect(await ensureOwner(null)).toBe("unchanged");
  expect(await db().user.findMany({ include: { accounts: true, sessions: true } })).toEqual(before);
  expect(await readViewer(cookie)).not.toBeNull();
});

test("a new password replaces the forgotten one and ends every session", async () => {
  await ensureOwner(OWNER);
  const cookie = await cookieFor(OWNER);
  const changed = { ...OWNER, password: "another password" };
  expect(await ensureOwner(changed)).toBe("updated");
  expect(await readViewer(cookie)).toBeNull();
  await expect(entering(OWNER)).rejects.toMatchObject({ code: "unauthorized" });
  expect(await readViewer(await cookieFor(changed))).not.toBeNull();
});

test("a new email address keeps the account and ends every session", async () => {
  await ensureOwner(OWNER);
  const cookie = await cookieFor(OWNER);
  const { id } = await db().user.findFirstOrThrow();
  const changed = { ...OWNER, email: "new@example.com" };
  expect(await ensureOwner(changed)).toBe("updated");
  expect(await readViewer(cookie)).toBeNull();
  expect(await readViewer(await cookieFor(changed))).toMatchObject({ userId: id, role: "owner" });
  expect(await db().user.count()).toBe(1);
});

test("an account that has lost its password gets one", async () => {
  await ensureOwner(OWNER);
  await db().account.deleteMany();
  expect(await ensureOwner(OWNER)).toBe("updated");
  expect((await entering(OWNER)).cookies).toHaveLength(1);
});

test("servers that start at once make one account", async () => {
  const results = await Promise.all([ensureOwner(OWNER), ensureOwner(OWNER), ensureOwner(OWNER), createOwner(OWNER)]);
  expect(results.filter((result) => result === "created")).toEqual(["created"]);
  expect(await db().user.count()).toBe(1);
  expect(await db().account.count()).toBe(1);
});

test("the first run's account is refused when there is one under another address", async () => {
  await ensureOwner(OWNER);
  expect(await createOwner({ ...OWNER, email: "second@example.com" })).toBe("exists");
  expect(await db().user.count()).toBe(1);
});

test("the password is kept only as a hash, and weak credentials are refused", async () => {
  await ensureOwner(OWNER);
  const { password } = await db().account.findFirstOrThrow();
  expect(password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
  await expect(createOwner({ ...OWNER, password: "short" })).rejects.toThrow("at least 8");
  await expect(ensureOwner({ ...OWNER, email: "owner" })).rejects.toThrow("email address");
});
