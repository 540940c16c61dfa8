import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { freeze } from "../../scripts/move/freeze";
import { readTables } from "../../scripts/move/tables";
import { type EmbeddedPostgres, startPostgres } from "../../scripts/postgres/embedded";
import { expectBalanced } from "../faults/books";
import { chanceOf } from "../faults/chance";
import { createSender, type Sent } from "../faults/sender";
import { SECRET } from "../faults/server";
import { OWNER } from "../setup/e2e";
import { type Footfall, freePort, startFootfall } from "../setup/footfall";
import { startMove } from "./mover";

const KILLS = Number(process.env.MOVE_KILLS ?? 4);
const seed = Number(process.env.MOVE_SEED ?? 1);
const PATIENCE = { timeout: 60_000, interval: 100 };

/** Lines of the command after which it is killed, sooner or later. */
const MOMENTS = [
  ...["", "From ", "Target prepared", "Copy of click", "Copy of link", "Statistics", "while writes go on"],
  ...["Writers held off", "The rest of", "Everything else", "Comparison per link", "Cut over", "Moved to"],
];

const directory = mkdtempSync(join(tmpdir(), "footfall-move-"));
const dataDir = join(directory, "data");
const port = await freePort();
const address = `http://127.0.0.1:${port}`;
let own: EmbeddedPostgres;
let footfall: Footfall;

/** A database of its own on the other server. */
async function databaseAt(name: string): Promise<string> {
  await query(own.adminUrl, `create database ${name}`);
  const url = new URL(own.adminUrl);
  url.pathname = name;
  return url.href;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function start(): Promise<void> {
  footfall = startFootfall({
    ...{ PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: "error", DUB_WEBHOOK_SECRET: SECRET },
    ...{ ADMIN_EMAIL: OWNER.email, ADMIN_PASSWORD: OWNER.password },
  });
  await footfall.line("Footfall is ready");
}

async function stop(): Promise<void> {
  process.kill(footfall.pid, "SIGTERM");
  expect(await footfall.exit).toBe(0);
}

const embedded = () => readFileSync(join(dataDir, "postgres.url"), "utf8").trim();
const run = (...args: string[]) => startMove(args, { DATA_DIR: dataDir });

type Health = { database: string; spool: { bytes: number }; mirror: { state: string } };
const health = async () => (await (await fetch(`${address}/api/health`)).json()) as Health;

/** Waits until everything that was taken is in the database, and the mirror has it, too. */
const atRest = () =>
  vi.waitFor(async () => {
    expect(await health()).toMatchObject({ database: "ok", spool: { bytes: 0 }, mirror: { state: "current" } });
  }, PATIENCE);

const signIn = () =>
  fetch(`${address}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: address },
    body: JSON.stringify(OWNER),
  });

/** Every delivery that was sent. */
const taken: Sent[] = [];

/** Status of a page, after the redirect that adds the reader's defaults to its address. */
async function statusOf(path: string, cookie: string): Promise<number> {
  const { status, headers } = await fetch(`${address}${path}`, { headers: { cookie }, redirect: "manual" });
  const { pathname, search } = new URL(headers.get("location") ?? path, address);
  return status === 307 && pathname === path ? statusOf(`${pathname}${search}`, cookie) : status;
}

beforeAll(async () => {
  mkdirSync(join(directory, "own"));
  own = await startPostgres(join(directory, "own"));
  await start();
}, 120_000);
afterAll(async () => {
  await stop();
  await own.stop();
  rmSync(directory, { recursive: true });
});

test("what can’t be a target is refused with the reason, and nothing changes", async () => {
  const closed = await freePort();
  const used = await databaseAt("used");
  await query(used, `create table "click" (id integer); insert into "click" values (1)`);
  const refusal = async (...args: string[]) => {
    const move = run(...args);
    expect(await move.exit).toBe(1);
    expect(move.output()).not.toContain("hidden");
    return move.output();
  };
  expect(await refusal("--to", "mysql://a:hidden@b/c")).toContain("--to must look like postgresql://");
  expect(await refusal("--to", `postgresql://a:hidden@127.0.0.1:${closed}/x`)).toContain("Start it, or correct --to.");
  expect(await refusal("--to", embedded())).toContain("Footfall already uses that database.");
  expect(await refusal("--to", used)).toContain("The target has data of its own (click).");
  expect(await refusal("--forget", used)).toContain("The target has data of its own (click).");
  expect(await query(used, "select count(*)::int as tables from pg_class where relname = 'dataset'")).toEqual([
    { tables: 0 },
  ]);
});

test("while writers are held off, deliveries are taken and pages read; a sign-in is told to wait", async () => {
  const cookie = (await signIn()).headers
    .getSetCookie()
    .map((text) => text.replace(/;.*/s, ""))
    .join("; ");
  const source = new Client({ connectionString: embedded() });
  await source.connect();
  const { large, small } = await readTables(source);
  await source.end();
  const held = await freeze(embedded(), [...large, ...small]);
  try {
    const sender = createSender([address], chanceOf(seed), "held", 2);
    await vi.waitFor(() => expect(sender.acknowledged()).toBeGreaterThan(5), PATIENCE);
    const { sent, statuses } = await sender.finish();
    taken.push(...sent);
    expect([...statuses.keys()]).toEqual([202]);
    expect((await health()).spool.bytes).toBeGreaterThan(0);

    const refused = await signIn();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await refused.text()).toContain("Footfall is being moved; try again in a few seconds.");
    const note = await fetch(`${address}/api/notes`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Origin: address, cookie },
      body: JSON.stringify({ at: "2026-11-12", text: "Newsletter", linkId: null }),
    });
    expect([note.status, await note.json()]).toMatchObject([503, { error: { code: "unavailable" } }]);
    for (const path of ["/", "/links", "/settings", "/api/v1/analytics?groupBy=count"])
      expect(await statusOf(path, cookie), path).toBe(200);
  } finally {
    await held.end();
  }
  await atRest();
  expect((await signIn()).status).toBe(200);
});

test("everything moves to another Postgres while deliveries come in, and back, killed again and again", {
  timeout: 100_000 + KILLS * 20_000,
}, async () => {
  const chance = chanceOf(seed);
  const url = await databaseAt("moved");
  const sender = createSender([address], chance, "move", 8);
  const takeSome = () => vi.waitFor(() => expect(sender.acknowledged()).toBeGreaterThan(60), PATIENCE);
  await takeSome();

  const dry = run("--to", url, "--dry-run");
  expect(await dry.exit).toBe(0);
  expect(await query(url, "select relname from pg_class where relname = 'click'")).toEqual([]);

  let kills = 0;
  let moves = 0;
  const direction = () => (moves % 2 === 0 ? url : "embedded");
  while (kills < KILLS) {
    const move = run("--to", direction());
    const moment = MOMENTS[Math.floor(chance() * MOMENTS.length)] ?? "";
    await move.said(moment);
    await Promise.race([move.exit, delay(chance() * (moment === "" ? 2_000 : 200))]);
    move.kill();
    if ((await move.exit) === null) kills++;
    else {
      expect(move.output()).toContain("Moved to ");
      moves++;
    }
  }
  // It ends where it isn't embedded.
  do {
    const last = run("--to", direction());
    expect([await last.exit, last.output()]).toEqual([0, expect.any(String)]);
    moves++;
  } while (moves % 2 === 0);

  const { sent, statuses } = await sender.finish();
  expect([...statuses.keys()]).toEqual([202]);
  await atRest();
  taken.push(...sent);
  const clicks = await expectBalanced(url, taken);
  console.info(`seed ${seed}: ${kills} kills, ${moves} moves, ${sent.length} deliveries, ${clicks} clicks, each once`);
  expect((await signIn()).status).toBe(200);

  // The old copy refuses every writer, and the new place survives a restart.
  await expect(query(embedded(), "delete from click")).rejects.toThrow("Footfall is being moved to another database");
  await expect(query(embedded(), "update dataset set generation = 0")).rejects.toThrow("Footfall is being moved");
  expect(statSync(join(dataDir, "database-url")).mode & 0o077).toBe(0);
  await stop();
  await start();
  const more = createSender([address], chance, "after", 2);
  await vi.waitFor(() => expect(more.acknowledged()).toBeGreaterThan(5), PATIENCE);
  const later = await more.finish();
  await atRest();
  await expectBalanced(url, [...taken, ...later.sent]);

  const forgotten = run("--forget", "embedded");
  expect([await forgotten.exit, forgotten.output()]).toEqual([0, expect.stringContaining("is empty now")]);
  expect(existsSync(join(dataDir, "postgres.url"))).toBe(false);
});
