import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { runtime } from "@/lib/base/runtime";
import { createMirror, type Mirror } from "@/lib/engines/duckdb/mirror";

/** Has questions answered by this mirror from now on; null leaves them to Postgres. */
export const answerFrom = (mirror: Mirror | null): void => void runtime().set("mirror", { mirror });

/** A mirror that answers, and how it does. */
export type Mirrored = {
  /** What it answered, what it left to Postgres, and what it wrote to the log beyond news. */
  tally: { answered: number; refused: number; complaints: unknown[] };
  stop(): Promise<void>;
};

/** Has a mirror of the test's database answer from now on. `step`: so many clicks are settled together. */
export async function startMirror({ step }: { step?: number } = {}): Promise<Mirrored> {
  const directory = await mkdtemp(join(tmpdir(), "footfall-mirrored-"));
  const tally = { answered: 0, refused: 0, complaints: [] as unknown[] };
  const complain = (details: unknown, message: string) => {
    tally.complaints.push([message, details]);
  };
  const mirror = createMirror({
    // Questions come one by one.
    gatherMs: 0,
    directory,
    databaseUrl: process.env.DATABASE_URL ?? "",
    memory: 256 * 1024 * 1024,
    ...(step && { step }),
    log: { info: () => {}, warn: complain, error: complain },
  });
  mirror.start();
  await expect.poll(() => mirror.status().state, { interval: 20, timeout: 60_000 }).toBe("current");
  const tallied =
    <Given extends unknown[], Rows>(ask: (...given: Given) => Promise<Rows | null>) =>
    async (...given: Given) => {
      const rows = await ask(...given);
      tally[rows === null ? "refused" : "answered"] += 1;
      return rows;
    };
  answerFrom({
    ...mirror,
    ask: tallied(mirror.ask),
    askCounts: tallied(mirror.askCounts),
    askSlots: tallied(mirror.askSlots),
  });
  return {
    tally,
    async stop() {
      answerFrom(null);
      await mirror.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
