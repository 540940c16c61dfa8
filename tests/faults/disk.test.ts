import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { createRig, LIMIT, PATIENCE, takenMore } from "./rig";
import { createSender } from "./sender";
import type { Server } from "./server";

const rig = createRig();
const { serve, expectProof } = rig;

const mounts: string[] = [];

/** @returns whether the system did it: it takes root, and a container may be forbidden to */
const mount = (...args: string[]): boolean => spawnSync("mount", args).status === 0;

/** A small disk of its own for a server's spool. */
function mountSpool(name: string, size: string): string {
  const spool = join(rig.dataDir(name), "spool");
  mkdirSync(spool, { recursive: true });
  expect(mount("-t", "tmpfs", "-o", `size=${size}`, "tmpfs", spool)).toBe(true);
  mounts.push(spool);
  return spool;
}

afterEach(() => {
  for (const path of mounts.splice(0)) spawnSync("umount", ["--lazy", path]);
});

const probe = join(rig.directory, "may-mount");
mkdirSync(probe);
const mayMount = mount("-t", "tmpfs", "tmpfs", probe) && spawnSync("umount", [probe]).status === 0;

async function expectUnusable(server: Server, isUnusable: boolean): Promise<void> {
  const saysSo = async () => (await server.health())?.problems.some(({ id }) => id === "spool-unusable");
  await vi.waitFor(async () => expect(await saysSo()).toBe(isUnusable), PATIENCE);
}

const healthStatus = async (server: Server) => (await fetch(`${server.url}/api/health`)).status;

test.runIf(mayMount)("a full disk takes no part of a delivery, and what it took before is stored", LIMIT, async () => {
  const spool = mountSpool("one", "256k");
  const server = await serve("one");
  const sender = createSender([server.url], rig.chance(), "full");
  await takenMore(sender, 30);
  rig.line().refuse(true);
  // The disk is full long before the limit of the settings is reached.
  await vi.waitFor(() => expect(sender.statuses()).toContain(503), PATIENCE);
  await expectUnusable(server, true);
  await vi.waitFor(async () => expect(await healthStatus(server)).toBe(503), PATIENCE);
  await server.end("SIGKILL");
  await server.start();
  rig.line().refuse(false);
  // Files that are stored after the disk was filled would leave room again.
  await vi.waitFor(async () => expect((await server.health())?.spool.bytes).toBe(0), PATIENCE);
  await expectUnusable(server, false);
  const filler = join(spool, "filler");
  expect(() => writeFileSync(filler, Buffer.alloc(1_000_000))).toThrow("ENOSPC");
  await expectUnusable(server, true);
  // The database takes them all the same.
  await takenMore(sender, 60);
  expect(await healthStatus(server)).toBe(200);
  rmSync(filler);
  const { sent, statuses } = await sender.finish();
  expect([...statuses.keys()].filter((status) => ![202, 503, "none"].includes(status))).toEqual([]);
  await expectProof(sent);
});

test.runIf(mayMount)("a disk that becomes read-only turns nobody away while the database is well", LIMIT, async () => {
  const spool = mountSpool("one", "8m");
  const server = await serve("one");
  const sender = createSender([server.url], rig.chance(), "read");
  await takenMore(sender, 30);
  // Not while a file is open for writing, as the probe is now and then.
  await vi.waitFor(() => expect(mount("-o", "remount,ro", spool)).toBe(true), PATIENCE);
  await expectUnusable(server, true);
  await takenMore(sender, 60);
  expect(sender.statuses()).toEqual([202]);
  expect(mount("-o", "remount,rw", spool)).toBe(true);
  await expectUnusable(server, false);
  rig.line().refuse(true);
  await takenMore(sender, 60);
  rig.line().refuse(false);
  const { sent, statuses } = await sender.finish();
  expect([...statuses.keys()]).toEqual([202]);
  await expectProof(sent);
});
