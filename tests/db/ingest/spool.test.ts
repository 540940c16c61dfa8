import { appendFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { db } from "@/lib/db";
import { createDrain } from "@/lib/ingest/spool/drain";
import type { Spooled } from "@/lib/ingest/spool/record";
import { createSpool } from "@/lib/ingest/spool/spool";
import { storeSpooled } from "@/lib/ingest/store";
import { ledger, NOW, REFUSED } from "@/tests/db/ingest/deliver";
import { bytes, clickPayload } from "@/tests/factory";

const LIMIT = 64 * 1024 ** 2;
const newDirectory = () => join(mkdtempSync(join(tmpdir(), "footfall-spool-")), "spool");

const record = (body: unknown, tried: string | null = null): Spooled => ({
  receivedAt: NOW,
  secretId: 7,
  tried,
  body: bytes(body),
});
const click = (id: string) => record(clickPayload({ click: { id } }));
const clicks = async () => (await db().click.findMany({ orderBy: { seq: "asc" } })).map(({ clickId }) => clickId);

/** What one process adds before it ends. */
async function added(directory: string, ...records: Spooled[]): Promise<void> {
  const spool = createSpool(directory, LIMIT);
  await spool.append(records);
  await spool.close();
}

async function drained(directory: string): Promise<void> {
  const spool = createSpool(directory, LIMIT);
  const drain = createDrain(spool);
  drain.wake();
  await vi.waitFor(() => expect(spool.oldest()).toBeNull(), 10_000);
  await drain.stop();
}

test("what an earlier process left is stored in the order of arrival, as received then, and its space is free", async () => {
  const directory = newDirectory();
  const ids = Array.from({ length: 450 }, (_, index) => `click-${String(index).padStart(3, "0")}`);
  for (const from of [0, 150, 300]) await added(directory, ...ids.slice(from, from + 150).map(click));
  await drained(directory);
  expect(await clicks()).toEqual(ids);
  expect((await db().click.findFirst())?.receivedAt).toEqual(NOW);
  expect(readdirSync(directory).filter((name) => name !== "id")).toEqual(["00000003.spool"]);
  expect(readFileSync(join(directory, "00000003.spool"), "utf8")).toBe("");
});

test("a line torn by a crash is passed over, whatever length it has", async () => {
  const directory = newDirectory();
  await added(directory, click("whole"));
  const whole = readFileSync(join(directory, "00000001.spool"));
  const cuts = [1, 9, 100, whole.byteLength - 1];
  for (const [index, length] of cuts.entries()) {
    appendFileSync(join(directory, `0000000${index + 1}.spool`), whole.subarray(0, length));
    await added(directory, click(`after-${length}`));
    await drained(directory);
  }
  expect(await clicks()).toEqual(["whole", ...cuts.map((length) => `after-${length}`)]);
});

test("a line that is not what was written is set aside with its file, and the others are stored", async () => {
  const directory = newDirectory();
  await added(directory, click("first"), click("second"), click("third"));
  const file = join(directory, "00000001.spool");
  const lines = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, [lines[0], lines[1]?.replace("c", "d"), lines[2], ""].join("\n"));
  await drained(directory);
  expect(await clicks()).toEqual(["first", "third"]);
  expect(readdirSync(directory)).toContain("00000001.spool.damaged");
});

test("what was stored before a crash is not stored again when its file is still there", async () => {
  const directory = newDirectory();
  const spool = createSpool(directory, LIMIT);
  await spool.append([record("nonsense"), record("more nonsense"), click("third")]);
  const { waiting } = await spool.read({ segment: 1, position: 0 }, 2);
  await storeSpooled(spool.id(), waiting);
  expect(spool.waiting()).toBe(3);
  await spool.read(waiting.at(-1)?.end ?? { segment: 1, position: 0 }, 2);
  expect(spool.waiting()).toBe(1);
  expect(createSpool(directory, LIMIT).waiting()).toBe(3);
  await spool.close();
  await drained(directory);
  expect(await ledger()).toHaveLength(2);
  expect(await clicks()).toEqual(["third"]);
});

test("one whose commit was in doubt is stored if it was not, and left out if it was", async () => {
  await db().writeBatch.create({ data: { id: "committed", origin: "request" } });
  const directory = newDirectory();
  const records = [record("a", "committed"), record("b", "lost"), record("c", "lost"), record("d")];
  await added(directory, ...records);
  await drained(directory);
  expect(await ledger()).toHaveLength(3);
  expect(await db().writeBatch.findMany({ where: { id: "lost" }, select: { origin: true } })).toEqual([
    { origin: "spool" },
  ]);
});

test("one that the database refuses is quarantined, and does not hold up the others", async () => {
  const directory = newDirectory();
  const refused = record(clickPayload({ click: { id: "refused" }, link: { id: "link_bad", key: REFUSED } }));
  await added(directory, click("first"), refused, click("second"));
  await drained(directory);
  expect(await clicks()).toEqual(["first", "second"]);
  expect(await ledger()).toEqual(["quarantined: the database refused a value (54000)"]);
});

test("a full spool takes nothing, and what it holds stays whole", async () => {
  const directory = newDirectory();
  const spool = createSpool(directory, 4_096);
  await spool.append([record("x".repeat(1_000))]);
  await expect(spool.append([record("y".repeat(4_000))])).rejects.toMatchObject({ code: "unavailable" });
  await spool.append([record("z")]);
  await spool.close();
  await drained(directory);
  expect(await ledger()).toHaveLength(2);
});
