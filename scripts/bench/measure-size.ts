import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { env } from "@/lib/base/env";
import { benchLinks, type DataPlan } from "@/scripts/bench/data";
import { type Answer, askAll, createRanges, type Parties, type Scope } from "@/scripts/bench/measure";
import { Failure, say, step } from "@/scripts/steps";
import { type CatchUp, catchUp } from "./catch-up";
import { signIn } from "./client";
import { fillTables, tableSizes } from "./copy";
import { openFloor, openPostgres } from "./engines";
import { memoryOf, sizeOf } from "./machine";
import { openPages, type PageAnswer } from "./pages";
import { type BenchServer, startServer } from "./server";

export type SizeOptions = {
  /** A directory for everything that is made. */
  home: string;
  port: number;
  databaseUrl: string;
  owner: { email: string; password: string };
  plan: DataPlan;
  /** Only what larger data is compared with. */
  isReference: boolean;
};

/** Everything measured over one set of clicks. Bytes and milliseconds. */
export type Measured = {
  clicks: number;
  answers: Answer[];
  pages: PageAnswer[];
  catchUps: CatchUp[];
  fillMs: number;
  memory: { now: number; peak: number };
  mirror: number;
  /** What the mirror may use. */
  mirrorMemory: number;
  postgres: { table: number; indexes: number };
};

/** Rank of the middling link by popularity. */
const MIDDLING = 100;

function scopesOf(seed: number): Scope[] {
  const links = benchLinks(seed);
  const scope = (name: string, index: number) => ({ name, linkId: links[index]?.id ?? null });
  return [{ name: "all links", linkId: null }, scope("busiest link", 0), scope("middling link", MIDDLING - 1)];
}

async function askServer(
  server: BenchServer,
  options: SizeOptions,
  dataDir: string,
  signal: AbortSignal,
): Promise<Pick<Measured, "answers" | "pages" | "catchUps">> {
  const { databaseUrl, plan, isReference, owner } = options;
  const [all, ...single] = scopesOf(plan.seed);
  const scopes = all && isReference ? [all] : [...(all ? [all] : []), ...single];
  const client = await signIn(server.url, owner, signal);
  const { body } = await client.get("/api/analytics?groupBy=count&interval=all");
  const { clicks } = body as { clicks: unknown };
  if (clicks !== plan.clicks) throw new Failure(`The server counts ${clicks} clicks instead of ${plan.clicks}.`);
  const floor = await openFloor(join(dataDir, "mirror"), join(dataDir, "floor"), env().MIRROR_MEMORY);
  const postgres = await openPostgres(databaseUrl);
  const parties: Parties = { client, floor, postgres, ranges: createRanges(plan.end) };
  try {
    const pages = await step("Pages", () => openPages(scopes, parties, signal));
    say("Questions");
    const answers = await askAll(scopes, parties, isReference, signal);
    await server.assertMirrored();
    const [link] = benchLinks(plan.seed);
    const secret = process.env.DUB_WEBHOOK_SECRET ?? "";
    const catchUps =
      isReference || !link
        ? []
        : await step("Catching up", () => catchUp(client, { url: server.url, secret, link }, plan.end));
    await server.assertMirrored();
    return { answers, pages, catchUps };
  } finally {
    await floor.close();
    await postgres.close();
  }
}

/** Makes a set of clicks, serves it, and measures. */
export async function measureSize(options: SizeOptions, signal: AbortSignal): Promise<Measured> {
  const { home, port, databaseUrl, plan } = options;
  say(`\n${plan.clicks.toLocaleString("en-US")} clicks`);
  const dataDir = join(home, String(plan.clicks));
  mkdirSync(dataDir);
  process.env.DATA_DIR = dataDir;
  await fillTables(databaseUrl, plan, signal);
  const server = await step("Server, and its mirror", () => startServer(port, process.env, signal));
  try {
    const measured = await askServer(server, options, dataDir, signal);
    return {
      clicks: plan.clicks,
      ...measured,
      fillMs: server.fillMs,
      memory: memoryOf(server.pid),
      mirror: await sizeOf(join(dataDir, "mirror")),
      mirrorMemory: env().MIRROR_MEMORY,
      postgres: await tableSizes(databaseUrl),
    };
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
