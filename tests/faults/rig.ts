import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import { migrate } from "../../scripts/migrate";
import { type EmbeddedPostgres, startPostgres } from "../../scripts/postgres/embedded";
import { type Line, openLine } from "../setup/line";
import { clicksOf, createAccount } from "./ask";
import { expectBalanced } from "./books";
import { type Chance, chanceOf } from "./chance";
import type { Sender, Sent } from "./sender";
import { createServer, type Server } from "./server";

const isLong = process.env.FAULTS === "long";
const seed = Number(process.env.FAULTS_SEED ?? Date.now() % 1_000_000_000);

/** A number for a short run, and one for a run of hours. */
export const times = (short: number, long: number) => (isLong ? long : short);

/** Starting and draining take their time on a busy machine. */
export const LIMIT = { timeout: times(180_000, 1_800_000) };

/** For what a server under load says or does in the end. */
export const PATIENCE = { timeout: 60_000, interval: 100 };

/** Waits until more than `count` deliveries more have been taken. */
export async function takenMore(sender: Sender, count: number): Promise<void> {
  const before = sender.acknowledged();
  await vi.waitFor(() => expect(sender.acknowledged()).toBeGreaterThan(before + count), PATIENCE);
}

/** A database server for a file of fault tests, and for each of its tests a database, a line to it and servers. */
export function createRig() {
  const directory = mkdtempSync(join(tmpdir(), "footfall-faults-"));
  const servers: Server[] = [];
  let postgres: EmbeddedPostgres;
  let database = "";
  let line: Line;
  let chance: Chance;
  let round = 0;

  /** A connection of the superuser's, to the database of this test or to another. */
  async function connect(name?: string): Promise<Client> {
    const url = new URL(postgres.adminUrl);
    url.pathname = name ?? `faults_${round}`;
    const client = new Client({ connectionString: url.href });
    // A test may cut it.
    client.on("error", () => {});
    await client.connect();
    return client;
  }

  beforeAll(async () => {
    postgres = await startPostgres(directory);
  });
  afterAll(async () => {
    await postgres.stop();
    rmSync(directory, { recursive: true });
  });
  beforeEach(async () => {
    round++;
    chance = chanceOf(seed + round);
    const client = await connect("postgres");
    await client.query(`create database faults_${round}`);
    await client.end();
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

  return {
    directory,

    /** What stands between the servers and their database. */
    line: () => line,
    chance: () => chance,
    connect,

    /** Where a server has its data. */
    dataDir: (name: string) => join(directory, `${round}-${name}`),

    async serve(name: string, settings: Record<string, string> = {}): Promise<Server> {
      const server = await createServer(join(directory, `${round}-${name}`), line.url, settings);
      servers.push(server);
      await server.start();
      return server;
    },

    killPostgres(): void {
      const pid = Number.parseInt(readFileSync(join(directory, "postgres/postmaster.pid"), "utf8"), 10);
      process.kill(pid, "SIGQUIT");
    },

    /** Waits until nothing waits in a spool any more, and compares the books, the mirrors included. */
    async expectProof(sent: readonly Sent[]): Promise<void> {
      const drained = async () => {
        for (const server of servers)
          expect(await server.health()).toMatchObject({
            ...{ database: "ok", spool: { bytes: 0 }, mirror: { state: "current" } },
          });
        // What a server says of itself may be a second old: the books tell whether it was true.
        return expectBalanced(database, sent);
      };
      const clicks = await vi.waitFor(drained, { timeout: 90_000, interval: 200 });
      for (const server of servers) expect(await clicksOf(server.url)).toBe(clicks);
      const acknowledged = sent.filter((delivery) => delivery.acknowledged > 0).length;
      console.info(`seed ${seed}: ${acknowledged} deliveries acknowledged, ${clicks} clicks, each once`);
      expect(clicks).toBeGreaterThan(50);
    },
  };
}
