import { execFile } from "node:child_process";
import { expect, test } from "vitest";
import { createOwner } from "@/lib/account/owner";
import { setPassword } from "@/lib/account/people/password-link";
import { db } from "@/lib/base/db";
import { hostOf } from "./host";

const OWNER = { email: "owner@example.com", password: "a password of the owner" };

function resetPassword(...words: string[]): Promise<{ code: number; text: string }> {
  const command = ["--conditions=react-server", "--import", "tsx", "scripts/reset-password.ts", ...words];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env: hostOf() }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, text: `${out}${err}`.trimEnd() }),
    );
  });
}

test("the host makes a link that sets a password, for people with an account", async () => {
  await createOwner(OWNER);
  const { code, text } = await resetPassword("Owner@Example.com");
  expect(code).toBe(0);
  const link = new URL(text.split("\n").at(-1) ?? "");
  expect(link.pathname).toBe("/reset");
  expect(await setPassword(link.searchParams.get("token") ?? "", "another password")).toBe(true);
  expect(await db().audit.findFirst()).toMatchObject({ action: "person.reset", by: "host", target: OWNER.email });
  expect(await resetPassword("nobody@example.com")).toEqual({
    code: 1,
    text: expect.stringContaining("There is no account"),
  });
  expect(await resetPassword()).toEqual({ code: 1, text: expect.stringContaining("Say whose password") });
});
