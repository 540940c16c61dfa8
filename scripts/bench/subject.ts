import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DataPlan } from "@/scripts/bench/data";
import { step } from "@/scripts/steps";
import { SUPERUSER } from "../postgres/cluster";
import { signIn } from "./client";
import { fillTables } from "./copy";
import { memoryOf } from "./process";
import { startServer } from "./server";

export const WEBHOOK_SECRET = "whsec_that_only_the_benchmark_uses";

const OWNER = { email: "bench@example.com", password: "only for the benchmark" };

/** Settings of a server; empty ones are unset, whatever the shell or a file says. */
const SETTINGS = {
  ...{ DATABASE_URL: "", PUBLIC_URL: "", MIRROR_MEMORY: "", DEFAULT_BOTS: "", DEFAULT_TIMEZONE: "" },
  SECRET_KEY: "a secret key that only the benchmark uses",
  DUB_WEBHOOK_SECRET: WEBHOOK_SECRET,
  ADMIN_EMAIL: OWNER.email,
  ADMIN_PASSWORD: OWNER.password,
  ANALYTICS_ENGINE: "mirror",
  LOG_LEVEL: "error",
};

/** A checkout, served on its own copy of the clicks. */
export type Subject = Awaited<ReturnType<typeof openSubject>>;

/** URL for the superuser of the embedded Postgres that runs on a data directory. */
function adminUrl(dataDir: string): string {
  const url = new URL(readFileSync(join(dataDir, "postgres.url"), "utf8").trim());
  url.username = SUPERUSER;
  url.password = readFileSync(join(dataDir, "postgres.password"), "utf8").trim();
  return url.href;
}

/**
 * Starts a checkout, which creates its database and account, fills the tables, and starts it again.
 *
 * @param home directory that the data directory is made in
 */
export async function openSubject(checkout: string, home: string, port: number, plan: DataPlan, signal: AbortSignal) {
  const { version } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8"));
  const name = checkout === process.cwd() ? "this" : `other, ${version}`;
  const dataDir = join(home, `${port}-${plan.clicks}`);
  mkdirSync(dataDir);
  const environment = { ...process.env, ...SETTINGS, DATA_DIR: dataDir };
  const withoutMirror = { ...environment, ANALYTICS_ENGINE: "postgres" };
  const first = await step(`${name}: database, and build if needed`, () =>
    startServer(port, withoutMirror, signal, checkout),
  );
  try {
    await fillTables(adminUrl(dataDir), plan, signal);
  } finally {
    await first.stop();
  }
  const server = await step(`${name}: server, and its mirror`, () => startServer(port, environment, signal, checkout));
  try {
    const client = await signIn(server.url, OWNER, signal);
    return { ...server, name, dataDir, client, databaseUrl: adminUrl(dataDir), fillMemory: memoryOf(server.pid).peak };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
