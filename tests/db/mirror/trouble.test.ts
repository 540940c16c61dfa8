import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { click, insertClicks } from "../query/rows";
import { counted, newDirectory, newMirror, reached, whenDone } from "./mirrors";

/** A disk of three megabytes, or null where we may not make one. */
function smallDisk(): string | null {
  const directory = newDirectory();
  mkdirSync(directory);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=3m", "tmpfs", directory], { stdio: "ignore" });
  } catch {
    return null;
  }
  whenDone(() => void execFileSync("umount", ["--lazy", directory]));
  return directory;
}

test("on a full disk Postgres answers, and the reason is said", async (context) => {
  const directory = smallDisk();
  if (!directory) return context.skip("only root may make a small disk");
  const text = (index: number) => Array.from({ length: 40 }, (_, part) => Math.sin(index * 40 + part)).join();
  await insertClicks(Array.from({ length: 6_000 }, (_, index) => click({ city: text(index) })));
  const mirror = newMirror(directory);
  const { reason } = await reached(mirror, "unavailable");
  expect(reason).toBe("The disk is full.");
  expect(await counted(mirror)).toBeNull();
});

test("in a directory that cannot be made Postgres answers, and the reason is said", async () => {
  const mirror = newMirror("/dev/null/mirror");
  const { reason } = await reached(mirror, "unavailable");
  expect(reason).toBe("Its directory isn’t writable.");
  expect(await counted(mirror)).toBeNull();
});

test("where DuckDB has no module Postgres answers, and the reason is said", async () => {
  vi.doMock("@duckdb/node-api", () => {
    throw new Error("Cannot find module '@duckdb/node-bindings-plan9-mips/duckdb.node'");
  });
  whenDone(() => vi.doUnmock("@duckdb/node-api"));
  const mirror = newMirror();
  const { reason } = await reached(mirror, "unavailable");
  expect(reason).toBe("DuckDB isn’t installed for this platform.");
  expect(await counted(mirror)).toBeNull();
});

test("without Postgres the reason is said, and not where it is", async () => {
  const mirror = newMirror(newDirectory(), { databaseUrl: "postgresql://somebody:secret@127.0.0.1:1/nothing" });
  const { reason } = await reached(mirror, "unavailable");
  expect(reason).toBe("Postgres is unreachable or too slow.");
});
