import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { expect, test, vi } from "vitest";
import { db } from "@/lib/base/db";
import { storeSpooled } from "@/lib/deliveries/commit";
import { deleteClicks, matchesSpooled } from "@/lib/deliveries/delete-clicks";
import { createDrain } from "@/lib/deliveries/spool/drain";
import { SpoolPositionMoved } from "@/lib/deliveries/spool/position";
import { encodeRecord, eraseSpooled, type Spooled } from "@/lib/deliveries/spool/record";
import { createSpool } from "@/lib/deliveries/spool/spool";
import { deliver, ledger, NOW, REFUSED, refuseKey } from "@/tests/db/deliveries/deliver";

import { bytes, clickPayload } from "@/tests/factory";

await refuseKey();

const LIMIT = 64 * 1024 ** 2;
const newDirectory = () => join(mkdtempSync(join(tmpdir(), "footfall-spool-")), "spool");

const record = (body: unknown): Spooled => ({
  receivedAt: NOW,
  secretId: 7,
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

test("a spool whose name was lost on a full disk gets another, which it keeps", () => {
  const directory = newDirectory();
  mkdirSync(directory);
  writeFileSync(join(directory, "id"), "");
  const id = createSpool(directory, LIMIT).id();
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(createSpool(directory, LIMIT).id()).toBe(id);
  expect(readdirSync(directory)).toEqual(["id"]);
});

test("a line torn by a crash is passed over, whatever length it has", async () => {
  const directory = newDirectory();
  await added(directory, click("whole"));
  const [, line = ""] = readFileSync(join(directory, "00000001.spool"), "utf8").split("\n");
  const whole = Buffer.from(`${line}\n`);
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
  writeFileSync(file, [lines[0], lines[1], lines[2]?.replace("c", "d"), lines[3], ""].join("\n"));
  await drained(directory);
  expect(await clicks()).toEqual(["first", "third"]);
  expect(readdirSync(directory)).toContain("00000001.spool.damaged");
});

test("what was stored before a crash is not stored again when its file is still there", async () => {
  const directory = newDirectory();
  const spool = createSpool(directory, LIMIT);
  await spool.append([record("nonsense"), record("more nonsense"), click("third")]);
  const { waiting } = await spool.read(1, null, 2);
  const place = await storeSpooled(spool.id(), null, waiting);
  expect(spool.waiting()).toBe(3);
  await spool.read(1, place, 2);
  expect(spool.waiting()).toBe(1);
  expect(createSpool(directory, LIMIT).waiting()).toBe(3);
  await spool.close();
  await drained(directory);
  expect(await ledger()).toHaveLength(2);
  expect(await clicks()).toEqual(["third"]);
});

test("one whose transaction was committed although its answer was lost is counted once", async () => {
  const directory = newDirectory();
  await deliver(clickPayload({ click: { id: "in doubt" } }));
  await added(directory, click("in doubt"), click("other"));
  await drained(directory);
  expect(await clicks()).toEqual(["in doubt", "other"]);
  expect(await ledger()).toEqual(["duplicate: this click is counted already"]);
});

test("what an earlier version wrote is read", async () => {
  const directory = newDirectory();
  await added(directory, click("new"));
  const file = join(directory, "00000001.spool");
  const [header, line = ""] = readFileSync(file, "utf8").split("\n");
  const json = JSON.stringify({ ...JSON.parse(line.slice(9)), tried: "a transaction" });
  writeFileSync(file, `${header}\n${crc32(json).toString(16).padStart(8, "0")} ${json}\n`);
  await drained(directory);
  expect(await clicks()).toEqual(["new"]);
});

test("one that the database refuses is quarantined, and does not hold up the others", async () => {
  const directory = newDirectory();
  const refused = record(clickPayload({ click: { id: "refused" }, link: { id: "link_bad", key: REFUSED } }));
  await added(directory, click("first"), refused, click("second"));
  await drained(directory);
  expect(await clicks()).toEqual(["first", "second"]);
  expect(await ledger()).toEqual(["quarantined: the database refused a value (23514)"]);
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

test("an older copy of the spool under a newer database has its deliveries stored", async () => {
  const directory = newDirectory();
  const copy = `${directory}-copy`;
  await added(directory, click("before"));
  cpSync(directory, copy, { recursive: true });
  await drained(directory);
  await added(directory, ...["newer-1", "newer-2", "newer-3"].map(click));
  await drained(directory);

  rmSync(directory, { recursive: true });
  cpSync(copy, directory, { recursive: true });
  await added(directory, ...["restored-1", "restored-2"].map(click));
  await drained(directory);
  expect((await clicks()).slice(-2)).toEqual(["restored-1", "restored-2"]);
  expect(await ledger()).toEqual(["duplicate: this click is counted already"]);
});

test("what an earlier version left without an id of its file is stored from where it was", async () => {
  const directory = newDirectory();
  await added(directory, click("stored"), click("waiting"));
  const file = join(directory, "00000001.spool");
  const [, stored = "", waiting = ""] = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, `${stored}\n${waiting}\n`);
  const spool = readFileSync(join(directory, "id"), "utf8");
  await db().spoolPosition.create({ data: { spool, segment: 1, position: stored.length + 1 } });
  await drained(directory);
  expect(await clicks()).toEqual(["waiting"]);
});

test("files that are removed while they are used lose nothing that was acknowledged", async () => {
  const directory = newDirectory();
  const spool = createSpool(directory, LIMIT);
  await spool.append([click("first"), click("second")]);
  rmSync(directory, { recursive: true });
  await spool.append([click("third")]);
  await spool.close();
  await drained(directory);
  expect(await clicks()).toEqual(["first", "second", "third"]);
});

test("a directory that is none takes nothing and fails nobody else, and is used once it is repaired", async () => {
  const directory = newDirectory();
  writeFileSync(directory, "a file");
  const spool = createSpool(directory, LIMIT);
  expect(spool.oldest()).toBeNull();
  await expect(spool.append([click("a")])).rejects.toThrow();
  expect(await spool.isWritable()).toBe(false);
  expect([spool.oldest(), spool.bytes(), spool.waiting()]).toEqual([null, 0, 0]);
  rmSync(directory);
  await spool.append([click("b")]);
  expect(spool.waiting()).toBe(1);
  await spool.close();
  await drained(directory);
  expect(await clicks()).toEqual(["b"]);
});

test("a drain whose answer was lost does not store twice: the place tells", async () => {
  const directory = newDirectory();
  const spool = createSpool(directory, LIMIT);
  await spool.append([record("nonsense"), record("more nonsense")]);
  const { waiting } = await spool.read(1, null, 1);
  await storeSpooled(spool.id(), null, waiting);
  await expect(storeSpooled(spool.id(), null, waiting)).rejects.toThrow(SpoolPositionMoved);
  await spool.close();
  await drained(directory);
  expect(await ledger()).toHaveLength(2);
});

const from = (ip: string, id: string) => record(clickPayload({ click: { id, ip } }));

test("what is deleted on request is erased in the spool, also where its file is damaged, and the others stay", async () => {
  const directory = newDirectory();
  await added(directory, from("198.51.100.9", "a"), from("2001:DB8:0::1", "b"), from("198.51.100.9", "c"));
  writeFileSync(join(directory, "00000009.spool.damaged"), `x${encodeRecord(from("198.51.100.9", "d"))}`);
  const isDoomed = (ip: string) => (body: Buffer, receivedAt: Date | null) => matchesSpooled(body, receivedAt, { ip });
  expect(await eraseSpooled(directory, isDoomed("198.51.100.9"), true)).toBe(3);
  expect(await eraseSpooled(directory, isDoomed("198.51.100.9"))).toBe(3);
  expect(await eraseSpooled(directory, isDoomed("198.51.100.9"))).toBe(0);
  const all = readdirSync(directory).map((name) => readFileSync(join(directory, name), "utf8"));
  const bodies = all
    .join("\n")
    .match(/"body":"[^"]*/g)
    ?.map((text) => Buffer.from(text.slice(8), "base64").toString());
  expect(bodies?.filter((body) => body.includes("198.51.100.9"))).toEqual([]);
  await drained(directory);
  expect(await clicks()).toEqual(["b"]);
  expect(readdirSync(directory).filter((name) => name.endsWith(".damaged"))).toEqual(["00000009.spool.damaged"]);
});

test("a delivery that was received before a deletion is not stored after it, wherever its spool was", async () => {
  const directory = newDirectory();
  await added(directory, from("198.51.100.9", "a"), from("198.51.100.8", "b"));
  mkdirSync(`${directory}-elsewhere`);
  cpSync(directory, `${directory}-elsewhere`, { recursive: true });
  await deleteClicks({ ip: "::ffff:198.51.100.9" });
  await drained(directory);
  expect(await clicks()).toEqual(["b"]);
  expect(JSON.stringify(await db().deletion.findMany())).not.toContain("198.51.100");
});

test("other work goes on while a long spool is looked through", async () => {
  const directory = newDirectory();
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "00000009.spool"), encodeRecord(from("198.51.100.9", "a")).repeat(1_000));
  let turns = 0;
  let isOver = false;
  const turn = () => {
    turns++;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  const within = new Set<number>();
  expect(await eraseSpooled(directory, () => within.add(turns).size > 0, true)).toBe(1_000);
  isOver = true;
  expect(within.size).toBeGreaterThan(30);
});
