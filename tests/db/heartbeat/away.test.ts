import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { beforeAll, expect, test, vi } from "vitest";
import { db, ingestDb } from "@/lib/base/db";
import { runtime } from "@/lib/base/runtime";
import { writeHeartbeat } from "@/lib/deliveries/heartbeat/heartbeat";
import { PrismaClient } from "@/lib/generated/prisma/client";
import { readFacts } from "@/lib/health/read";

const dataDir = await vi.hoisted(async () => {
  const { mkdtempSync } = await import("node:fs");
  const { tmpdir } = await import("node:os");
  process.env.DATA_DIR = mkdtempSync(`${tmpdir()}/footfall-reception-`);
  return process.env.DATA_DIR;
});

const at = (minute: number) => new Date(Date.UTC(2026, 10, 3) + minute * 60_000);
const rows = () => db().reception.findMany({ orderBy: { id: "asc" }, select: { beganAt: true, seenAt: true } });

// A heartbeat is given up after some seconds, in which a busy machine may not get to connect.
beforeAll(() => ingestDb().$queryRaw`select 1`);

async function beats(...minutes: number[]): Promise<void> {
  for (const minute of minutes) await writeHeartbeat(at(minute));
}

/** Runs with a database that nobody listens for. */
async function away(run: () => Promise<void>): Promise<void> {
  const ingest = ingestDb();
  const adapter = new PrismaPg({ connectionString: "postgresql://somebody@127.0.0.1:1/nothing" });
  const nobody = new PrismaClient({ adapter });
  runtime().set("database for ingest", nobody);
  await run();
  await nobody.$disconnect();
  runtime().set("database for ingest", ingest);
}

/** A file stands where the spool's directory should. */
async function withoutDisk(run: () => Promise<void>): Promise<void> {
  const spool = join(dataDir, "spool");
  rmSync(spool, { recursive: true });
  writeFileSync(spool, "");
  await run();
  rmSync(spool);
}

test("while the database is away and the disk takes what comes, the span goes on, a sleep in it is a gap", async () => {
  runtime().delete("heartbeat");
  await beats(0, 0.25);
  await away(() => beats(0.5, 0.75, 1, 9, 9.25));
  expect(await rows()).toEqual([{ beganAt: at(0), seenAt: at(0.25) }]);
  await beats(9.5);
  expect(await rows()).toEqual([
    { beganAt: at(0), seenAt: at(1) },
    { beganAt: at(9), seenAt: at(9.5) },
  ]);
});

test("when the disk takes nothing either, the span ends there", async () => {
  runtime().delete("heartbeat");
  await beats(0);
  await away(async () => {
    await beats(0.25);
    await withoutDisk(() => beats(0.5, 0.75));
  });
  await beats(1);
  expect(await rows()).toEqual([
    { beganAt: at(0), seenAt: at(0.25) },
    { beganAt: at(1), seenAt: at(1) },
  ]);
});

test("a data directory that cannot be written keeps nobody from being noted in the database", async () => {
  runtime().delete("heartbeat");
  await withoutDisk(() => beats(0, 0.25));
  expect(await rows()).toEqual([{ beganAt: at(0), seenAt: at(0.25) }]);
  expect((await readFacts()).database).toBeNull();
});

test("a span that a restored backup does not have is written again, whole", async () => {
  runtime().delete("heartbeat");
  await beats(0, 0.25);
  await db().reception.deleteMany();
  await beats(0.5);
  expect(await rows()).toEqual([{ beganAt: at(0), seenAt: at(0.5) }]);
});
