import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { deliverFor, ingestReport, type Round, type Steady } from "@/scripts/bench/ingest";
import { build, isBuilt } from "@/scripts/build";
import { runCommand, say, step } from "@/scripts/steps";
import { describeMachine } from "./bench/machine";
import { memoryOf } from "./bench/process";
import { startServer } from "./bench/server";
import { withConnection } from "./connect";
import { migrate } from "./migrate";
import { startPostgres } from "./postgres/embedded";
import { serverArgs } from "./run";

const HELP = `npm run bench:ingest -- [options]

Measures how many deliveries a second are acknowledged and present, on a production server of its own and on a bare
node:http server with the same functions, one after the other on the same PostgreSQL.

  --seconds NUMBER   for each measurement (default 15)
  --minutes NUMBER   of steady deliveries at 500 a second, in which memory is looked at (default 15)
  --port NUMBER      where the servers listen, and the next one (default 3997)
  --output FILE      where the report goes (default: docs/performance-ingest.md)`;

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "15" },
    minutes: { type: "string", default: "15" },
    port: { type: "string", default: "3997" },
    output: { type: "string", default: "docs/performance-ingest.md" },
    help: { type: "boolean", default: false },
  },
});
const SECRET = "whsec_that_only_the_benchmark_uses";
const RATE = 500;
const SAMPLE_MS = 10_000;

async function countClicks(databaseUrl: string): Promise<number> {
  const query = "select count(*)::int as count from click";
  return (await withConnection(databaseUrl, (client) => client.query(query))).rows[0].count;
}

function startFloor(port: number, environment: NodeJS.ProcessEnv) {
  const env = { ...environment, PORT: String(port), NODE_ENV: "production" as const };
  const stdio = ["ignore", "inherit", "inherit", "ipc"] as const;
  return spawn(process.execPath, serverArgs("scripts/bench/floor.ts"), { env, stdio: [...stdio] });
}

async function measure(url: string, databaseUrl: string, connections: number): Promise<Round> {
  const seconds = Number(values.seconds);
  await deliverFor(url, SECRET, { connections, seconds: 3 });
  // Requests still open at the end are stored too.
  await delay(500);
  const before = await countClicks(databaseUrl);
  const delivered = await deliverFor(url, SECRET, { connections, seconds });
  await delay(500);
  return { ...delivered, present: (await countClicks(databaseUrl)) - before };
}

async function steady(url: string, pid: number): Promise<Steady> {
  const minutes = Number(values.minutes);
  const memory: number[] = [];
  const timer = setInterval(() => memory.push(memoryOf(pid).now), SAMPLE_MS);
  const delivered = await deliverFor(url, SECRET, { connections: 32, seconds: minutes * 60, rate: RATE });
  clearInterval(timer);
  return { ...delivered, minutes, memory };
}

async function main(directory: string): Promise<void> {
  const stopping = new AbortController();
  if (!isBuilt()) await step("Build", () => build());
  const postgres = await step("PostgreSQL", () => startPostgres(directory));
  try {
    await migrate(postgres.url);
    const settings = { DATABASE_URL: postgres.url, SECRET_KEY: "a secret key that only the benchmark uses" };
    const environment = { ...process.env, ...settings, DUB_WEBHOOK_SECRET: SECRET, LOG_LEVEL: "error" };
    const port = Number(values.port);
    const floor = startFloor(port + 1, { ...environment, DATA_DIR: join(directory, "floor") });
    const server = await startServer(port, { ...environment, DATA_DIR: join(directory, "server") }, stopping.signal);
    try {
      const rounds: { connections: number; floor: Round; server: Round }[] = [];
      for (const connections of [1, 32, 128]) {
        await step(`${connections} connections`, async () => {
          const bare = await measure(`http://127.0.0.1:${port + 1}`, postgres.url, connections);
          rounds.push({ connections, floor: bare, server: await measure(server.url, postgres.url, connections) });
        });
      }
      floor.disconnect();
      const long = await step(`${values.minutes} minutes`, () => steady(server.url, server.pid));
      const clicks = await countClicks(postgres.url);
      const text = ingestReport(await describeMachine(postgres.url), rounds, long, clicks);
      writeFileSync(values.output, text);
      say(text);
    } finally {
      floor.kill();
      await server.stop();
    }
  } finally {
    await postgres.stop();
  }
}

await runCommand(async () => {
  if (values.help) return say(HELP);
  const directory = mkdtempSync(join(tmpdir(), "footfall-bench-ingest-"));
  await main(directory).finally(() => rmSync(directory, { recursive: true }));
});
