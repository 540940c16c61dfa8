import { expect, test } from "vitest";
import { POST } from "@/app/api/auth/[...all]/route";
import { createOwner } from "@/lib/access/owner";
import { signIn } from "@/lib/access/sign-in";
import { authRequest, OWNER } from "./access-helpers";

const attempt = async (body: unknown, address: string) =>
  (await POST(authRequest("/sign-in/email", body, { "x-forwarded-for": address }), {})).status;

test("ten people sign in at once; sixty guesses within a minute are the most, whatever addresses they claim", async () => {
  await createOwner(OWNER);
  const first = await Promise.all(Array.from({ length: 10 }, () => attempt(OWNER, "203.0.113.1")));
  expect(new Set(first)).toEqual(new Set([200]));
  // Refused before a password is hashed, so that the test is quick; counted all the same.
  const guess = { email: "no address", password: "a guess" };
  const guesses = await Promise.all(Array.from({ length: 50 }, (_, index) => attempt(guess, `198.51.100.${index}`)));
  expect(new Set(guesses)).toEqual(new Set([400]));
  expect(await attempt(OWNER, "203.0.113.2")).toBe(429);
  const caller = new Headers({ host: "localhost:3000" });
  expect(await signIn(OWNER, caller)).toEqual({ problem: "too many" });
});
