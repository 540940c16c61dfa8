import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach } from "vitest";
import { createMirror, type Mirror, type MirrorOptions, type MirrorStatus } from "@/lib/engines/duckdb/mirror";

const MEMORY = 128 * 1024 ** 2;
const SILENT = { info: () => {}, warn: () => {}, error: () => {} };

const cleanups: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

/** Does something when the test is over, the last first. */
export function whenDone(clean: () => Promise<void> | void): void {
  cleanups.push(clean);
}

/** A new directory that goes with the test. */
export function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "footfall-mirror-"));
  cleanups.push(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, "mirror");
}

/** A mirror of the test's database that has begun to fill; it is closed with the test. */
export function newMirror(directory = newDirectory(), options: Partial<MirrorOptions> = {}): Mirror {
  const databaseUrl = process.env.DATABASE_URL ?? "";
  const mirror = createMirror({ directory, databaseUrl, memory: MEMORY, log: SILENT, ...options });
  cleanups.push(() => mirror.close());
  mirror.start();
  return mirror;
}

/** Runs a TypeScript file beside this one as a process of its own, until the test ends. */
export function startProcess(file: string, ...args: string[]) {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", path, ...args], {
    env: { ...process.env, LOG_LEVEL: "silent" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, "exit");
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  cleanups.push(kill);
  return { firstLine: once(lines, "line").then(([line]) => String(line)), kill };
}

/** Waits until the mirror is in a state. */
export async function reached(mirror: Mirror, state: MirrorStatus["state"]): Promise<MirrorStatus> {
  while (mirror.status().state !== state) await delay(5);
  return mirror.status();
}

/** Clicks that the mirror counts, or null when it leaves that to Postgres. */
export async function counted(mirror: Mirror): Promise<number | null> {
  const rows = await mirror.ask("select cast(count(*) as int) as clicks from click", []);
  return rows ? Number(rows[0]?.clicks) : null;
}
