import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sign } from "@/lib/senders/dub/dub";
import { migrate } from "../../scripts/migrate";
import { type EmbeddedPostgres, startPostgres } from "../../scripts/postgres/embedded";
import { bytes } from "../factory";
import { hostileBodies, hugeBodies } from "../hostile-bodies";
import { createServer, SECRET, type Server } from "./server";

const isLong = process.env.FAULTS === "long";
const seed = Number(process.env.FAULTS_SEED ?? Date.now() % 1_000_000_000);
const BODIES = isLong ? 100_000 : 3_000;
const CONNECTIONS = 32;
/** Far less than what is sent, and more than the server has in the long run. */
const MOST_MEMORY = 1_200 * 1024 ** 2;
/** A request that takes longer hangs. */
const LIMIT_MS = 20_000;

const directory = mkdtempSync(join(tmpdir(), "footfall-hostile-"));
let postgres: EmbeddedPostgres;
let server: Server;

beforeAll(async () => {
  postgres = await startPostgres(directory);
  await migrate(postgres.adminUrl);
  server = await createServer(join(directory, "server"), postgres.adminUrl, { LOG_LEVEL: "error" });
  await server.start();
});
afterAll(async () => {
  if (server.pid() > 0) await server.end("SIGKILL");
  await postgres.stop();
  rmSync(directory, { recursive: true });
});

async function post(body: Buffer<ArrayBuffer>, signature = sign(body, SECRET)): Promise<number> {
  const headers = { "Content-Type": "application/json", "Dub-Signature": signature };
  const signal = AbortSignal.timeout(LIMIT_MS);
  const response = await fetch(`${server.url}/api/webhooks/dub`, { method: "POST", body, headers, signal });
  await response.arrayBuffer();
  return response.status;
}

/** A body of unknown length that does not end. @returns the answer to it */
async function postEndlessly(): Promise<number | undefined> {
  const sending = request(`${server.url}/api/webhooks/dub`, { method: "POST" });
  const answer = once(sending, "response");
  // The server closes the connection after its answer.
  sending.on("error", () => {});
  const timer = setInterval(() => sending.write(Buffer.alloc(200_000)), 10);
  const [response] = (await answer) as [IncomingMessage];
  clearInterval(timer);
  sending.destroy();
  return response.statusCode;
}

/** Sends one after the other over each of some connections. @returns how often each status was answered */
async function sendAll(bodies: Iterable<string | Uint8Array>): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  const queue = bodies[Symbol.iterator]();
  const work = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const status = await post(bytes(next.value));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  return statuses;
}

function* drawn(): Generator<string | Uint8Array> {
  for (let made = 0; made < BODIES; made += 1_000)
    yield* fc.sample(hostileBodies, { numRuns: 1_000, seed: seed + made });
}

/** Most memory that the server has had, in bytes. Only Linux tells. */
function peakMemory(): number {
  if (process.platform !== "linux") return 0;
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid()}/status`, "utf8")) ?? [];
  return Number(kilobytes) * 1024;
}

async function storedCount(): Promise<number> {
  const client = new Client({ connectionString: postgres.adminUrl });
  await client.connect();
  const { rows } = await client.query<{ count: number }>(
    "select ((select count(*) from click) + (select count(*) from delivery))::int as count",
  );
  await client.end();
  return rows[0]?.count ?? -1;
}

test("whatever an authentic sender sends is taken and stands once; nothing fails, hangs or piles up", {
  timeout: isLong ? 3_600_000 : 120_000,
}, async () => {
  const statuses = await sendAll(drawn());
  const huge = await sendAll(hugeBodies);
  expect(
    [...statuses.keys(), ...huge.keys()].filter((status) => status !== 202),
    `seed ${seed}`,
  ).toEqual([]);
  expect(await storedCount()).toBe(BODIES + hugeBodies.length);
  expect(peakMemory()).toBeLessThan(MOST_MEMORY);
  console.info(`seed ${seed}: ${BODIES} bodies, at most ${Math.round(peakMemory() / 1024 ** 2)} MB of memory`);
});

test("what is not authentic, or too large, is refused whatever it is, and stores nothing", async () => {
  const before = await storedCount();
  const body = bytes("{}");
  const answer = await fetch(`${server.url}/api/webhooks/dub`, { method: "POST", body });
  expect(answer.status).toBe(401);
  expect(answer.headers.get("vary"), "Next has not seen it").toBeNull();
  expect((await fetch(`${server.url}/api/webhooks/dub`)).status).toBe(405);
  const signatures = ["", "0".repeat(64), "x".repeat(10_000), `${sign(body, SECRET)}0`, "=", "null"];
  for (const signature of signatures) expect(await post(body, signature)).toBe(401);
  expect(await post(bytes(" ".repeat(1_048_577)))).toBe(413);
  // Without a signature nobody reads it.
  expect(await postEndlessly()).toBe(401);
  expect(await storedCount()).toBe(before);
  expect((await server.health())?.database).toBe("ok");
});
