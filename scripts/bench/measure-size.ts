import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { env } from "@/lib/base/env";
import { benchLinks, type DataPlan } from "@/scripts/bench/data";
import { askAll, createRanges, openPages } from "@/scripts/bench/measure";
import { Failure, say, step } from "@/scripts/steps";
import { catchUp } from "./catch-up";
import { signIn } from "./client";
import { fillTables, tableSizes } from "./copy";
import { openFloor, openPostgres } from "./engines";
import { memoryOf, sizeOf } from "./machine";
import { startServer } from "./server";

/** All measurements over one set of clicks. Bytes and milliseconds. */
export type Measured = Awaited<ReturnType<typeof measureSize>>;

/** Rank of the middling link. */
const MIDDLING = 100;

type Owner = { email: string; password: string };
type Server = Awaited<ReturnType<typeof startServer>>;

async function askServer(server: Server, owner: Owner, plan: DataPlan, isReference: boolean, signal: AbortSignal) {
  const { DATA_DIR = "", DATABASE_URL = "", DUB_WEBHOOK_SECRET: secret = "" } = process.env;
  const client = await signIn(server.url, owner, signal);
  const { body } = await client.get("/api/analytics?groupBy=count&interval=all");
  const { clicks } = body as { clicks: unknown };
  if (clicks !== plan.clicks) throw new Failure(`The server counts ${clicks} clicks instead of ${plan.clicks}.`);
  const [busiest, middling] = [0, MIDDLING - 1].map((rank) => benchLinks(plan.seed)[rank]);
  if (!busiest || !middling) throw new RangeError("there are no links");
  const single = [
    { name: "busiest link", linkId: busiest.id },
    { name: "middling link", linkId: middling.id },
  ];
  const scopes = [{ name: "all links", linkId: null }, ...(isReference ? [] : single)];
  const floor = await openFloor(join(DATA_DIR, "mirror"), join(DATA_DIR, "floor"), env().MIRROR_MEMORY);
  const postgres = await openPostgres(DATABASE_URL);
  const parties = { client, floor, postgres, ranges: createRanges(plan.end) };
  try {
    const pages = await step("Pages", () => openPages(scopes, parties, signal));
    say("Questions");
    const answers = await askAll(scopes, parties, isReference, signal);
    await server.assertMirrored();
    const webhook = { url: server.url, secret, link: busiest };
    const catchUps = isReference ? [] : await step("Catching up", () => catchUp(client, webhook, plan.end));
    await server.assertMirrored();
    return { answers, pages, catchUps };
  } finally {
    await floor.close();
    await postgres.close();
  }
}

/**
 * Generates a set of clicks, serves it, and measures. Settings come from the environment.
 *
 * @param home directory for all files
 * @param isReference measure only what is compared with larger data
 */
export async function measureSize(
  { home, port, owner }: { home: string; port: number; owner: Owner },
  plan: DataPlan,
  isReference: boolean,
  signal: AbortSignal,
) {
  say(`\n${plan.clicks.toLocaleString("en-US")} clicks`);
  const dataDir = join(home, String(plan.clicks));
  mkdirSync(dataDir);
  process.env.DATA_DIR = dataDir;
  const { DATABASE_URL = "" } = process.env;
  await fillTables(DATABASE_URL, plan, signal);
  const server = await step("Server, and its mirror", () => startServer(port, process.env, signal));
  try {
    return {
      clicks: plan.clicks,
      ...(await askServer(server, owner, plan, isReference, signal)),
      fillMs: server.fillMs,
      memory: memoryOf(server.pid),
      mirror: await sizeOf(join(dataDir, "mirror")),
      /** Memory limit of the mirror. */
      mirrorMemory: env().MIRROR_MEMORY,
      postgres: await tableSizes(DATABASE_URL),
    };
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
