import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, expect, test } from "vitest";
import { run } from "../../scripts/run";
import { type Footfall, freePort, startFootfall } from "../setup/footfall";
import { processesOf } from "./processes";

const dataDir = mkdtempSync(join(tmpdir(), "footfall-lifecycle-"));
const port = await freePort();
const address = `http://localhost:${port}`;

let running: Footfall | undefined;

async function start(settings: Record<string, string> = {}, options?: { viaNpm: boolean }): Promise<Footfall> {
  running = startFootfall({ PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: "silent", ...settings }, options);
  await running.line("Footfall is ready");
  return running;
}

async function stop(footfall: Footfall, signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
  process.kill(footfall.pid, signal);
  return await footfall.exit;
}

const health = async () => (await fetch(`${address}/api/health`)).status;
const postmaster = () => Number.parseInt(readFileSync(join(dataDir, "postgres/postmaster.pid"), "utf8"), 10);

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: readFileSync(join(dataDir, "postgres.url"), "utf8").trim() });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

/** Begins a delivery and leaves its body unfinished. */
async function beginRequest() {
  const open = request(`${address}/api/webhooks/dub`, { method: "POST", headers: { "Content-Length": 2 } });
  const answer = once(open, "response").then(([response]) => (response as { statusCode: number }).statusCode);
  open.write("{");
  await once(open, "socket");
  // The server has seen the headers once another request, sent later, is answered.
  await health();
  return { answer, finish: () => open.end("}") };
}

afterEach(async () => {
  if (running) {
    await Promise.all([processesOf(dataDir).length > 0 && stop(running), running.exit]);
    running = undefined;
  }
});
afterAll(() => rmSync(dataDir, { recursive: true }));

test("a first start says where the server is, what Dub needs and what is missing", async () => {
  const footfall = await start();

  const output = footfall.output();
  const token = /setup\?token=(\S+)/.exec(output)?.[1] ?? "";
  expect(token.length).toBeGreaterThanOrEqual(20);
  expect(output.slice(output.indexOf("  Open "))).toBe(
    [
      `  Open              ${address}`,
      `  Webhook for Dub   ${address}/api/webhooks/dub`,
      "",
      "To do:",
      "  • Dub needs a public https URL for this server. Set PUBLIC_URL to it: see docs/operating.md.",
      "  • Deliveries are rejected until you add the webhook's secret from Dub, on the page Settings or as DUB_WEBHOOK_SECRET.",
      `  • There is no account yet. Create one at ${address}/setup?token=${token}`,
      "",
      "Stop with Ctrl-C.",
      "",
    ].join("\n"),
  );
  expect(await health()).toBe(200);
});

test("a later start misses nothing once everything is set", async () => {
  const footfall = await start({
    PUBLIC_URL: "https://clicks.example.com/",
    DUB_WEBHOOK_SECRET: "whsec_x",
    ADMIN_EMAIL: "owner@example.com",
    ADMIN_PASSWORD: "correct-horse-battery",
  });

  const output = footfall.output();
  expect(output.slice(output.indexOf("  Open "))).toBe(
    [
      "  Open              https://clicks.example.com",
      "  Webhook for Dub   https://clicks.example.com/api/webhooks/dub",
      "",
      "Stop with Ctrl-C.",
      "",
    ].join("\n"),
  );
});

test("a secret that was added in the browser is not missing", async () => {
  await start();
  await query("insert into webhook_secret (id, name, source, hint) values (1, 'Shop', 'settings', 'cdef')");
  if (running) await stop(running);
  expect((await start()).output()).not.toContain("Deliveries are rejected");
  await query("delete from webhook_secret where id = 1");
});

test("SIGTERM to npm finishes the open request and leaves no process behind", async () => {
  const footfall = await start({}, { viaNpm: true });
  const { answer, finish } = await beginRequest();

  const stopped = Date.now();
  const exit = stop(footfall);
  await refused();
  finish();

  expect(await answer).toBe(401);
  expect(await exit).toBe(0);
  expect(processesOf(dataDir)).toEqual([]);
  expect(existsSync(join(dataDir, "postgres/postmaster.pid"))).toBe(false);

  // What it counted last, and until when it received, was written before it ended.
  await start();
  expect(await query("select reason, count from refusal")).toEqual([{ reason: "unsigned", count: 1 }]);
  // The new server has begun later, whether it is noted yet or not.
  const began = new Date(stopped).toISOString();
  const [last] = await query(`select max(seen_at) >= '${began}' as noted from reception where began_at <= '${began}'`);
  expect(last).toEqual({ noted: true });
});

test("the end of npm itself, which passes nothing on then, stops everything cleanly", async () => {
  const footfall = await start({}, { viaNpm: true });

  await stop(footfall, "SIGKILL");
  await refused();

  await expect.poll(() => processesOf(dataDir)).toEqual([]);
  expect(existsSync(join(dataDir, "postgres/postmaster.pid"))).toBe(false);
});

test("Ctrl-C twice stops as cleanly as once", async () => {
  const footfall = await start();

  process.kill(-footfall.pid, "SIGINT");
  process.kill(-footfall.pid, "SIGINT");

  expect(await footfall.exit).toBe(0);
  expect(processesOf(dataDir)).toEqual([]);
  expect(existsSync(join(dataDir, "postgres/postmaster.pid"))).toBe(false);
});

test("the embedded Postgres is started again when it is killed, and the server answers again", async () => {
  const footfall = await start();
  const killed = postmaster();

  process.kill(killed, "SIGKILL");
  await footfall.line("PostgreSQL is running again.");

  expect(postmaster()).not.toBe(killed);
  expect(await health()).toBe(200);
});

test("the server ends when the start script is killed, and the next start takes over the database", async () => {
  const footfall = await start();
  await query("create table left_behind (id integer)");
  await stop(footfall, "SIGKILL");
  await refused();

  await start();

  expect(await health()).toBe(200);
  await query("drop table left_behind");
});

/** Every file and directory below a path that others than its owner may read, write or enter. */
function opened(path: string): string[] {
  const { mode } = lstatSync(path);
  const names = statSync(path).isDirectory() ? readdirSync(path) : [];
  const isOpen = (mode & 0o077) !== 0 && !path.endsWith(".sock");
  return [...(isOpen ? [path] : []), ...names.flatMap((name) => opened(join(path, name)))];
}

test("nobody else on the host may read the data directory, also what an earlier version made", async () => {
  for (const name of ["mirror", "spool"]) chmodSync(join(dataDir, name), 0o755);
  for (const name of ["mirror/clicks.duckdb", "secret.key"]) chmodSync(join(dataDir, name), 0o644);
  chmodSync(dataDir, 0o755);
  await start();
  await query("create table if not exists left_behind (id integer)");
  const mirror = async () => (await (await fetch(`${address}/api/health`)).json()).mirror.state;
  await expect.poll(mirror).toBe("current");
  expect(opened(dataDir)).toEqual([]);
});

test("the server's role owns its tables and is no superuser, and takes over what an earlier version made", async () => {
  const footfall = await start();
  const password = readFileSync(join(dataDir, "postgres.password"), "utf8").trim();
  const url = new URL(readFileSync(join(dataDir, "postgres.url"), "utf8").trim());
  [url.username, url.password] = ["footfall", password];
  const admin = new Client({ connectionString: url.href });
  await admin.connect();
  await admin.query("alter table click owner to footfall; alter function fold(text) owner to footfall");
  await admin.end();
  await stop(footfall);
  await start();
  expect(
    await query("select rolsuper or rolcreaterole or rolcreatedb as may from pg_roles where rolname = current_user"),
  ).toEqual([{ may: false }]);
  expect(
    await query(
      `select tableowner as owner from pg_tables where schemaname = 'public'
       union select proowner::regrole::text from pg_proc where pronamespace = 'public'::regnamespace`,
    ),
  ).toEqual([{ owner: "footfall_server" }]);
});

test("a second start on the same data directory is refused, also when somebody has deleted the socket", async () => {
  await start();
  const socket = join(dataDir, "start.sock");
  for (const isDeleted of [false, true]) {
    if (isDeleted) rmSync(socket);
    const second = startFootfall({ PORT: String(await freePort()), DATA_DIR: dataDir });
    expect(await second.exit).toBe(1);
    expect(second.output().trim()).toBe(
      `Footfall is already running on ${dataDir}. Stop it first, or set DATA_DIR to another directory.`,
    );
  }
  expect(await health()).toBe(200);
  await expect.poll(() => existsSync(socket)).toBe(true);
});

test("another key than the database was used with is refused, whatever became of the old one", async () => {
  await stop(await start());
  const file = join(dataDir, "secret.key");
  const key = readFileSync(file, "utf8");
  const refusal = async (settings: Record<string, string> = {}) => {
    const footfall = startFootfall({ PORT: String(port), DATA_DIR: dataDir, ...settings });
    expect(await footfall.exit).toBe(1);
    return footfall.output();
  };
  expect(await refusal({ SECRET_KEY: "x".repeat(40) })).toContain(
    "used with a different key than the one in SECRET_KEY",
  );
  writeFileSync(file, "");
  expect(await refusal()).toContain(`${file} is empty. Restore it from the backup, or set SECRET_KEY.`);
  rmSync(file);
  expect(await refusal()).toContain(`${file} is missing, but this database was used with a key.`);
  expect(existsSync(file)).toBe(false);
  const args = ["--conditions=react-server", "--import", "tsx", "scripts/change-key.ts"];
  const { code, output } = await run(process.execPath, args, {
    env: { ...process.env, SECRET_KEY: "", DATA_DIR: dataDir },
  });
  expect([code, output]).toEqual([0, expect.stringContaining("accepts the current key")]);
  expect(readFileSync(file, "utf8")).not.toBe(key);
  await start();
});

test("a database of a newer version is refused", async () => {
  const footfall = await start();
  await query(
    `insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('x', 'x', '999_later', now())`,
  );
  await stop(footfall);

  const again = startFootfall({ PORT: String(port), DATA_DIR: dataDir });

  expect(await again.exit).toBe(1);
  expect(again.output()).toContain(
    "\nThis database belongs to a newer version of Footfall (migration 999_later). Update Footfall, or use another database.",
  );
  expect(processesOf(dataDir)).toEqual([]);
});

/** Resolves when the server no longer takes connections. */
async function refused(): Promise<void> {
  for (;;) {
    try {
      await fetch(`${address}/api/health`, { headers: { Connection: "close" } });
    } catch {
      return;
    }
  }
}
