import { execFile } from "node:child_process";
import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { runKey } from "../../../scripts/key";
import { hostOf } from "./host";

type Ran = { code: number; out: string; err: string };

/** Runs `npm run key -- …` on the database of this test. */
function key(...words: string[]): Promise<Ran> {
  const command = ["--conditions=react-server", "--import", "tsx", "scripts/key.ts", ...words];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env: hostOf() }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

test("a key is made on the host, alone on the last line, and revoked by its name", async () => {
  const made = await key(
    "create",
    "Night report",
    "--scopes",
    "read",
    "--domains",
    "go.example.com",
    "--per-minute",
    "30",
  );
  expect(made).toMatchObject({ code: 0, err: "" });
  expect(made.out.trimEnd().split("\n").at(-1)).toMatch(/^footfall_[\w-]{43}$/);
  expect(await db().apiKey.findFirst()).toMatchObject({
    ...{ name: "Night report", scopes: ["read"], perMinute: 30, createdBy: null, revokedAt: null },
    links: { linkId: [], domain: ["go.example.com"], tagId: [], folderId: [] },
  });
  expect((await key("create", "Night report")).err).toContain("Another key has this name");
  expect((await key("list")).out).toContain("Night report");
  expect(await key("revoke", "Night report")).toMatchObject({ code: 0 });
  expect((await db().apiKey.findFirst())?.revokedAt).not.toBeNull();
  expect((await key("revoke", "Night report")).code).toBe(1);
  const log = await db().audit.findMany({
    orderBy: { id: "asc" },
    select: { action: true, byName: true, target: true },
  });
  expect(log).toEqual([
    { action: "key.create", byName: "The host", target: "Night report" },
    { action: "key.revoke", byName: "The host", target: "Night report" },
  ]);
});

test.each([
  [[], "Say what to do"],
  [["create"], "Say what to do"],
  [["create", " "], "Say what to do"],
  [["create", "a", "b"], "Say what to do"],
  [["create", "a", "--scopes", "admin"], "Use one of read, export, import"],
  [["create", "a", "--links", ""], "--links is empty. No key was made."],
  [["create", "a", "--links", "nowhere"], "There is no link nowhere"],
  [["create", "a", "--expires", "2020-01-01T00:00:00Z"], "Use a time in the future"],
  [["create", "a", "--per-minute", "many"], "perMinute"],
])("%j makes nothing and says what to do", async (words, problem) => {
  // How a failure ends the command is told above: a process for each would take its time.
  await expect(runKey(words)).rejects.toThrow(problem);
  expect(await db().apiKey.count()).toBe(0);
});
