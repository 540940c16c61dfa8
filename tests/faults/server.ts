import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { serverArgs } from "@/scripts/run";
import { freePort } from "../setup/footfall";

const READY_MS = 30_000;

export const KEY = "a-secret-key-that-only-tests-use-0123456789";
export const SECRET = "whsec_6f9f3a63705c44206ca655813bf91b61";

type Health = {
  database: string;
  spool: { bytes: number };
  mirror: { state: string };
  problems: { id: string }[];
};

/** The production server in a process of its own, which can be killed and started again on the same data. */
export type Server = {
  url: string;
  pid(): number;
  start(): Promise<void>;
  /** @returns how it ended */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: string | null }>;
  /** What it says of itself, or null when it does not answer. */
  health(): Promise<Health | null>;
  /** What it has written to its log. */
  log(): string;
};

/** Serves with the database at `databaseUrl` and everything else in `directory`. It is not started yet. */
export async function createServer(
  directory: string,
  databaseUrl: string,
  settings: Record<string, string> = {},
): Promise<Server> {
  mkdirSync(directory, { recursive: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  let log = "";

  async function health(): Promise<Health | null> {
    try {
      return (await (await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(3_000) })).json()) as Health;
    } catch {
      return null;
    }
  }
  async function start(): Promise<void> {
    const preload = `--import=${resolve("tests/faults/clock.mjs")}`;
    const env = {
      ...{ PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production" as const, NODE_OPTIONS: preload },
      ...{ DATABASE_URL: databaseUrl, DATA_DIR: directory, SECRET_KEY: KEY, DUB_WEBHOOK_SECRET: SECRET },
      ...{ LOG_LEVEL: "warn", PORT: String(port), NEXT_TELEMETRY_DISABLED: "1", MIRROR_MEMORY: "256MB", ...settings },
    };
    child = spawn(process.execPath, serverArgs("server.ts"), {
      env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (log += text));
    const begun = performance.now();
    while ((await health()) === null) {
      if (performance.now() - begun > READY_MS) throw new Error(`the server does not start:\n${log}`);
      await delay(50);
    }
  }
  async function end(signal: NodeJS.Signals) {
    const ending = child;
    child = null;
    if (!ending?.pid) throw new Error("the server does not run");
    const exit = once(ending, "exit");
    process.kill(signal === "SIGKILL" ? -ending.pid : ending.pid, signal);
    const [code, by] = await exit;
    return { code, signal: by };
  }
  return { url, pid: () => child?.pid ?? -1, start, end, health, log: () => log };
}
