import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { migrate } from "../../scripts/migrate";
import { type EmbeddedPostgres, startPostgres } from "../../scripts/postgres/embedded";
import { type Line, openLine } from "../setup/line";
import { clicksOf, createAccount } from "./ask";
import { expectBalanced } from "./books";
import { type Chance, chanceOf } from "./chance";
import { createSender, type Sent } from "./sender";
import { createServer, type Server } from "./server";

const isLong = process.env.FAULTS === "long";
const seed = Number(process.env.FAULTS_SEED ?? Date.now() % 1_000_000_000);
const times = (short: number, long: number) => (isLong ? long : short);

/** Starting and draining take their time on a busy machine. */
const LIMIT = { timeout: times(120_000, 1_800_000) };

const directory = mkdtempSync(join(tmpdir(), "footfall-faults-"));
let postgres: EmbeddedPostgres;
let database: string;
let line: Line;
let chance: Chance;
const servers: Server[] = [];

async function asOwner(...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: postgres.adminUrl });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

beforeAll(async () => {
  postgres = await startPostgres(directory);
});
afterAll(async () => {
  await postgres.stop();
  rmSync(directory, { recursive: true });
});

let round = 0;
beforeEach(async () => {
  round++;
  chance = chanceOf(seed + round);
  await asOwner(`create database faults_${round}`);
  const url = new URL(postgres.adminUrl);
  url.pathname = `faults_${round}`;
  database = url.href;
  await migrate(database);
  await createAccount(database, join(directory, `account-${round}`));
  line = await openLine(database);
});
afterEach(async () => {
  for (const server of servers.splice(0)) if (server.pid() > 0) await server.end("SIGKILL");
  line.close();
});

async function serve(name: string, settings: Record<string, string> = {}): Promise<Server> {
  const server = await createServer(join(directory, `${round}-${name}`), line.url, settings);
  servers.push(server);
  await server.start();
  return server;
}

const killPostgres = () => {
  const pid = Number.parseInt(readFileSync(join(directory, "postgres/postmaster.pid"), "utf8"), 10);
  process.kill(pid, "SIGQUIT");
};

/** Waits until nothing waits in a spool any more, and compares the books, the mirrors included. */
async function expectProof(sent: readonly Sent[]): Promise<void> {
  const drained = async () => {
    for (const server of servers)
      expect(await server.health()).toMatchObject({
        database: "ok",
        spool: { bytes: 0 },
        mirror: { state: "current" },
      });
  };
  await vi.waitFor(drained, { timeout: 60_000, interval: 200 });
  const clicks = await expectBalanced(database, sent);
  for (const server of servers) expect(await clicksOf(server.url)).toBe(clicks);
  const acknowledged = sent.filter((delivery) => delivery.acknowledged > 0).length;
  console.info(`seed ${seed}: ${acknowledged} deliveries acknowledged, ${clicks} clicks, each once`);
  expect(clicks).toBeGreaterThan(50);
}

test("a server that is killed again and again loses nothing that it took", LIMIT, async () => {
  const server = await serve("one");
  const sender = createSender([server.url], chance, "kill");
  for (let n = 0; n < times(5, 50); n++) {
    await delay(200 + chance() * 1_500);
    await server.end("SIGKILL");
    await server.start();
  }
  const { sent } = await sender.finish();
  await expectProof(sent);
});

test("nor does one whose database dies, or whose connections are cut", LIMIT, async () => {
  const server = await serve("one");
  const sender = createSender([server.url], chance, "database");
  for (let n = 0; n < times(2, 12); n++) {
    await delay(300 + chance() * 1_000);
    line.cut();
    await delay(300 + chance() * 1_000);
    killPostgres();
    // Sometimes the server dies as well, with a full spool.
    if (chance() < 0.5) {
      await delay(chance() * 500);
      await server.end("SIGKILL");
      await server.start();
    }
  }
  const { sent, statuses } = await sender.finish();
  expect([...statuses.keys()].filter((status) => ![202, 503, "none"].includes(status))).toEqual([]);
  await expectProof(sent);
});

test("nor do two servers, one with a full spool, one with a clock that goes back", LIMIT, async () => {
  const [small, other] = [await serve("small", { SPOOL_MAX_BYTES: "100KB" }), await serve("other")];
  const sender = createSender([small.url, other.url], chance, "two");
  for (let n = 0; n < times(1, 8); n++) {
    await delay(500 + chance() * 500);
    line.refuse(true);
    process.kill(other.pid(), "SIGUSR2");
    await delay(2_500);
    await other.end("SIGKILL");
    await other.start();
    line.refuse(false);
    await delay(1_000);
  }
  const { sent, statuses } = await sender.finish();
  expect(statuses.get(503), "the full spool was met").toBeGreaterThan(0);
  await expectProof(sent);
});

test("one that is stopped in an orderly way answers what it took, and takes nothing new", {
  timeout: 900_000,
}, async () => {
  const server = await serve("one");
  const sender = createSender([server.url], chance, "stop");
  for (let n = 0; n < times(2, 10); n++) {
    await delay(300 + chance() * 1_000);
    const begun = performance.now();
    expect(await server.end("SIGTERM")).toEqual({ code: 143, signal: null });
    expect(performance.now() - begun).toBeLessThan(12_000);
    await server.start();
  }
  const { sent, statuses } = await sender.finish();
  expect([...statuses.keys()].filter((status) => ![202, 503, "none"].includes(status))).toEqual([]);
  await expectProof(sent);
});
