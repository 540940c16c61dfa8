import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "pg";
import { expect, test, vi } from "vitest";
import { sign } from "@/lib/senders/dub/dub";
import { bytes, clickPayload } from "../factory";
import { clicksOf } from "./ask";
import { createRig, LIMIT, PATIENCE, takenMore, times } from "./rig";
import { createSender } from "./sender";
import { SECRET, type Server } from "./server";

const rig = createRig();
const { serve, expectProof } = rig;

const METRICS = { METRICS_TOKEN: "a-token-that-only-tests-use" };

/** Waits until a server says that something is wrong, in its health and in its metrics. */
async function expectProblem(server: Server, id: string): Promise<void> {
  await vi.waitFor(async () => {
    const health = await server.health();
    expect(health?.problems.map((problem) => problem.id)).toContain(id);
  }, PATIENCE);
  const headers = { Authorization: `Bearer ${METRICS.METRICS_TOKEN}` };
  const metrics = await (await fetch(`${server.url}/api/metrics`, { headers })).text();
  expect(Number(/^footfall_problems (\d+)/m.exec(metrics)?.[1])).toBeGreaterThan(0);
}

/** Sends until `enough` were acknowledged while something is wrong, then lets it be well again. */
async function sendDuring(server: Server, prefix: string, trouble: () => Promise<() => Promise<unknown>>) {
  const sender = createSender([server.url], rig.chance(), prefix);
  await takenMore(sender, 30);
  const end = await trouble();
  await takenMore(sender, times(60, 600));
  await end();
  return sender.finish();
}

const onlyTaken = (statuses: ReadonlyMap<number | "none", number>) =>
  expect([...statuses.keys()].filter((status) => status !== 202)).toEqual([]);

test("a database that takes 20 ms a row gets on, and nobody is turned away", LIMIT, async () => {
  const server = await serve("one", METRICS);
  // More at once than one transaction can store while their senders wait.
  const sender = createSender([server.url], rig.chance(), "slow", 200);
  await takenMore(sender, 30);
  const client = await rig.connect();
  await client.query(`
    create function crawl() returns trigger language plpgsql as 'begin perform pg_sleep(0.02); return new; end';
    create trigger crawl before insert on click for each row execute function crawl()`);
  await client.end();
  await expectProblem(server, "spool");
  const { sent, statuses } = await sender.finish();
  onlyTaken(statuses);
  // It stays slow, and the spool empties itself all the same.
  await expectProof(sent);
});

test(
  "more megabytes at once than may wait for the database go to the spool, and nobody is turned away",
  LIMIT,
  async () => {
    const server = await serve("one", METRICS);
    const bodies = Array.from({ length: 90 }, (_, n) =>
      bytes(clickPayload({ id: `evt_${n}`, click: { id: `big_${n}`, ua: "x".repeat(1_000_000) } })),
    );
    const send = async (body: Buffer<ArrayBuffer>) => {
      const headers = { "Content-Type": "application/json", "Dub-Signature": sign(body, SECRET) };
      return (await fetch(`${server.url}/api/webhooks/dub`, { method: "POST", body, headers })).status;
    };
    const statuses = await Promise.all(bodies.map(send));
    expect(statuses.filter((status) => status !== 202)).toEqual([]);
    const client = await rig.connect();
    await vi.waitFor(async () => {
      const { rows } = await client.query("select count(*)::int as clicks from click");
      expect(rows).toEqual([{ clicks: 90 }]);
    }, PATIENCE);
    await client.end();
  },
);

test("a thousand health checks at once take no connection from deliveries", LIMIT, async () => {
  const server = await serve("one", METRICS);
  const sender = createSender([server.url], rig.chance(), "health", 8);
  const checks = Array.from({ length: 1_000 }, async () => (await fetch(`${server.url}/api/health`)).status);
  expect(new Set(await Promise.all(checks))).toEqual(new Set([200]));
  await takenMore(sender, 120);
  const { sent, statuses } = await sender.finish();
  onlyTaken(statuses);
  // None of them had to wait in the spool for a connection.
  expect(server.log()).not.toContain("database: write failed");
  await expectProof(sent);
});

test("a lock that is held for long fills the spool, which drains by itself", LIMIT, async () => {
  const server = await serve("one", METRICS);
  const client = await rig.connect();
  const { sent, statuses } = await sendDuring(server, "lock", async () => {
    await client.query("begin; lock table click in access exclusive mode");
    await expectProblem(server, "spool");
    const heldSince = Date.now();
    return async () => {
      const heldFor = times(5_000, 60_000);
      await vi.waitFor(() => expect(Date.now() - heldSince).toBeGreaterThan(heldFor), { timeout: 2 * heldFor });
      await client.query("commit");
    };
  });
  await client.end();
  onlyTaken(statuses);
  await expectProof(sent);
});

test("connections that stick in the middle of a transaction lose nothing", LIMIT, async () => {
  const server = await serve("one", METRICS);
  const { sent, statuses } = await sendDuring(server, "stick", async () => {
    rig.line().stick(true);
    await expectProblem(server, "database");
    return async () => rig.line().stick(false);
  });
  onlyTaken(statuses);
  await expectProof(sent);
});

test(
  "a writer that hangs in the middle of a transaction keeps nobody from being counted or answered",
  LIMIT,
  async () => {
    const server = await serve("one", METRICS);
    const writer = await rig.connect();
    const { sent, statuses } = await sendDuring(server, "hang", async () => {
      await writer.query("begin; select pg_advisory_xact_lock_shared(7041776)");
      expect(await clicksOf(server.url)).toBeGreaterThan(0);
      return async () => {
        // A machine that is busy may have had some wait; it is not the writer that they wait for.
        const waiting = async () => (await server.health())?.problems.map(({ id }) => id);
        await vi.waitFor(async () => expect(await waiting()).not.toContain("spool"), PATIENCE);
        await writer.query("rollback");
      };
    });
    await writer.end();
    onlyTaken(statuses);
    await expectProof(sent);
  },
);

test("a database without a free connection fills the spool, which drains by itself", LIMIT, async () => {
  const server = await serve("one", METRICS);
  const taken: Client[] = [];
  const { sent, statuses } = await sendDuring(server, "full", async () => {
    rig.line().refuse(true);
    for (let client = await rig.connect().catch(() => null); client; client = await rig.connect().catch(() => null))
      taken.push(client);
    rig.line().refuse(false);
    expect(taken.length).toBeGreaterThan(50);
    await expectProblem(server, "database");
    return () => Promise.all(taken.map((client) => client.end()));
  });
  onlyTaken(statuses);
  await expectProof(sent);
});

test("a spool directory that is missing, or a file, turns nobody away while the database is well", LIMIT, async () => {
  const spool = join(rig.dataDir("one"), "spool");
  mkdirSync(rig.dataDir("one"), { recursive: true });
  writeFileSync(spool, "a file");
  const server = await serve("one", METRICS);
  const { sent, statuses } = await sendDuring(server, "spool", async () => {
    await expectProblem(server, "spool-unusable");
    return async () => {
      rmSync(spool);
      const unusable = expect.objectContaining({ id: "spool-unusable" });
      await vi.waitFor(async () => expect((await server.health())?.problems).not.toContainEqual(unusable), PATIENCE);
    };
  });
  onlyTaken(statuses);
  rmSync(spool, { recursive: true });
  const { sent: more, statuses: later } = await sendDuring(server, "missing", async () => {
    rig.line().refuse(true);
    await expectProblem(server, "spool");
    expect(existsSync(spool)).toBe(true);
    return async () => rig.line().refuse(false);
  });
  onlyTaken(later);
  await expectProof([...sent, ...more]);
});

test(
  "503 goes out only when neither database nor spool can take a delivery, and health says 503 then",
  LIMIT,
  async () => {
    const spool = join(rig.dataDir("one"), "spool");
    mkdirSync(rig.dataDir("one"), { recursive: true });
    writeFileSync(spool, "a file");
    const server = await serve("one", METRICS);
    const sender = createSender([server.url], rig.chance(), "neither");
    await takenMore(sender, 60);
    expect(sender.statuses()).toEqual([202]);
    rig.line().refuse(true);
    await vi.waitFor(() => expect(sender.statuses()).toContain(503), PATIENCE);
    await vi.waitFor(async () => expect((await fetch(`${server.url}/api/health`)).status).toBe(503), PATIENCE);
    rig.line().refuse(false);
    await vi.waitFor(async () => expect((await fetch(`${server.url}/api/health`)).status).toBe(200), PATIENCE);
    rmSync(spool);
    const { sent } = await sender.finish();
    await expectProof(sent);
  },
);
