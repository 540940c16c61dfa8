import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { alone, tryLock } from "../../scripts/socket-lock";

const directory = mkdtempSync(join(tmpdir(), "footfall-lock-"));
afterAll(() => rmSync(directory, { recursive: true }));

test("work is done by one at a time, and by all in the end", async () => {
  let running = 0;
  const most: number[] = [];
  let waited = 0;
  const work = async (n: number) => {
    most.push(++running);
    for (let at = 0; at < 50; at++) await turn();
    running--;
    return n;
  };
  const each = [1, 2, 3].map((n) => alone(directory, "work", () => work(n), { onWait: () => waited++ }));
  expect(await Promise.all(each)).toEqual([1, 2, 3]);
  expect(most).toEqual([1, 1, 1]);
  expect(waited).toBe(2);
});

test("a lock is free again after a failure, and what waits can be stopped", async () => {
  const fails = async () => {
    throw new Error("broken");
  };
  await expect(alone(directory, "fails", fails)).rejects.toThrow("broken");
  const release = await tryLock(directory, "fails");
  expect(release).not.toBeNull();
  expect(await tryLock(directory, "fails")).toBeNull();
  expect(await tryLock(directory, "other")).not.toBeNull();
  const stopping = new AbortController();
  const waits = alone(directory, "fails", async () => {}, { signal: stopping.signal, onWait: () => stopping.abort() });
  await expect(waits).rejects.toThrow("aborted");
  await release?.();
  expect(await alone(directory, "fails", async () => "done")).toBe("done");
});

test("what a process that was killed left behind locks nothing; a process that answers does", async () => {
  writeFileSync(join(directory, "left.sock"), "");
  expect(await tryLock(directory, "left")).not.toBeNull();
  const server = createServer().listen(join(directory, "alive.sock"));
  await new Promise((resolve) => server.once("listening", resolve));
  expect(await tryLock(directory, "alive")).toBeNull();
  server.close();
});

test("a directory whose name is too long for a socket is locked, too", async () => {
  const long = join(directory, "x".repeat(120));
  mkdirSync(long);
  const release = await tryLock(long, "work");
  expect(release).not.toBeNull();
  expect(await tryLock(long, "work")).toBeNull();
  await release?.();
});
