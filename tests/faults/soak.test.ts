import { setMaxListeners } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { sign } from "@/lib/senders/dub/dub";
import { migrate } from "../../scripts/migrate";
import { type EmbeddedPostgres, startPostgres } from "../../scripts/postgres/embedded";
import { bytes, clickPayload } from "../factory";
import { chanceOf } from "./chance";
import { useOf } from "./process-use";
import { createServer, SECRET, type Server } from "./server";
import { NUISANCES, trouble } from "./strangers";

const isLong = process.env.SOAK === "long";
const seed = Number(process.env.FAULTS_SEED ?? Date.now() % 1_000_000_000);
const LONG_MS = Number(process.env.SOAK_MINUTES ?? 10) * 60_000;
/** Strangers of one kind at a time. */
const STRANGERS = isLong ? 4 : 10;
/** Of those who never leave one in so many is waited for. */
const WAITED = 25;
/** In the short form: of each kind. */
const REQUESTS = 150;
/** In the long form strangers leave the processor to others: it is about what stays behind. */
const PAUSE_MS = 5_000;
/** A delivery that comes while a page is drawn waits for that. */
const PAGE_MS = 20;
/** Connections to the database come and go. */
const MORE_FILES = 40;
const MORE_MEMORY = 250 * 1024 ** 2;
const MOST_LOG = 200_000;

const directory = mkdtempSync(join(tmpdir(), "footfall-soak-"));
let postgres: EmbeddedPostgres;
let server: Server;

beforeAll(async () => {
  postgres = await startPostgres(directory);
  await migrate(postgres.url);
  server = await createServer(join(directory, "server"), postgres.url);
  await server.start();
});
afterAll(async () => {
  if (server.pid() > 0) await server.end("SIGKILL");
  await postgres.stop();
  rmSync(directory, { recursive: true });
});

let sent = 0;

/** Delivers one click. @returns its status and how long it took, in milliseconds */
async function deliver(): Promise<{ status: number; took: number }> {
  const body = bytes(clickPayload({ id: `evt_soak_${sent}`, click: { id: `soak_${sent++}` } }));
  const headers = { "Content-Type": "application/json", "Dub-Signature": sign(body, SECRET) };
  const begun = performance.now();
  const response = await fetch(`${server.url}/api/webhooks/dub`, { method: "POST", body, headers });
  await response.arrayBuffer();
  return { status: response.status, took: performance.now() - begun };
}

/** Delivers one after the other until it is told to stop. */
function keepDelivering() {
  const answers: { status: number; took: number }[] = [];
  let isOver = false;
  const working = (async () => {
    while (!isOver) {
      answers.push(await deliver());
      await delay(20);
    }
  })();
  return async () => {
    isOver = true;
    await working;
    return answers;
  };
}

async function deliverFor(ms: number) {
  const finish = keepDelivering();
  await delay(ms);
  return finish();
}

const p95 = (answers: { took: number }[]): number =>
  answers.map(({ took }) => took).toSorted((a, b) => a - b)[Math.floor(answers.length * 0.95)] ?? 0;

/** Lets strangers of every kind at the server: so many of each, or for so long. */
async function letStrangersIn(): Promise<number> {
  const chance = chanceOf(seed);
  const port = Number(new URL(server.url).port);
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  const end = performance.now() + LONG_MS;
  let count = 0;
  const goesOn = (made: number) => (isLong ? performance.now() < end : made < REQUESTS);
  const kinds = Object.values(NUISANCES).map(async (make) => {
    let made = 0;
    let waiting = 0;
    const stranger = async () => {
      while (goesOn(made)) {
        made++;
        count++;
        const nuisance = make(chance);
        const leaving = trouble(port, nuisance, stopping.signal);
        // Who never leaves is not waited for, but there are only so many of them.
        if (nuisance.leaves !== "never" || ++waiting % WAITED === 0) await Promise.race([leaving, delay(1_000)]);
        if (isLong) await delay(chance() * PAUSE_MS);
      }
    };
    await Promise.all(Array.from({ length: STRANGERS }, stranger));
  });
  await Promise.all(kinds);
  stopping.abort();
  return count;
}

test("whatever strangers send, deliveries are taken, and what it took of the server is given back", {
  timeout: isLong ? LONG_MS + 300_000 : 180_000,
}, async () => {
  const usual = await deliverFor(isLong ? 20_000 : 2_000);
  const before = useOf(server.pid());

  const deliveries = keepDelivering();
  const strangers = await letStrangersIn();
  const answers = await deliveries();

  expect(answers.filter(({ status }) => status !== 202)).toEqual([]);
  const settled = () => {
    const now = useOf(server.pid());
    expect(now.sockets).toBeLessThan(before.sockets + MORE_FILES);
    expect(now.files).toBeLessThan(before.files + MORE_FILES);
    expect(now.memory).toBeLessThan(before.memory + MORE_MEMORY);
  };
  await vi.waitFor(settled, { timeout: 60_000, interval: 500 });
  expect(server.log().length).toBeLessThan(MOST_LOG);
  expect(await server.health()).toMatchObject({ database: "ok", spool: { bytes: 0 } });
  const again = await deliverFor(isLong ? 20_000 : 500);
  const [quiet = 0, busy = 0, later = 0] = [usual, answers, again].map((all) => Math.round(p95(all)));
  const after = useOf(server.pid());
  console.info(
    `seed ${seed}: ${strangers} strangers, ${answers.length} deliveries, p95 ${quiet} ms before, ${busy} ms beside and ${later} ms after them;`,
    `files ${before.files} and ${after.files}, memory ${before.memory >> 20} and ${after.memory >> 20} MB`,
    `log ${server.log().length} characters`,
  );
  if (!isLong) return;
  expect(busy).toBeLessThan(2 * quiet + PAGE_MS);
  expect(later).toBeLessThan(2 * quiet + PAGE_MS);
});
