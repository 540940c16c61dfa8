import "server-only";
import { log } from "@/lib/base/log";
import { storeSpooled } from "@/lib/deliveries/commit";
import { pastUptimeWriter } from "@/lib/deliveries/heartbeat/stored-spans";
import { readSpoolPosition } from "@/lib/deliveries/spool/position";
import type { Spool, SpoolEntry, SpoolPosition } from "@/lib/deliveries/spool/spool";

/** Delay before a retry. */
const RETRY_MS = 1_000;
/** Maximum deliveries per transaction. */
const MAX_BATCH = 200;

/** Why the spool isn't draining: the database rejects writes, or a spool file can't be read. */
type DrainTrouble = "database" | "disk" | null;

/**
 * Stores the deliveries of a spool in order, as soon as the database accepts writes. Call `wake` after adding some.
 * After a failure the next transaction is half as large, so that a slow database makes progress.
 */
export function createDrain(spool: Spool) {
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let trouble: DrainTrouble = null;
  let batch = MAX_BATCH;
  let movedAt = performance.now();
  let stopped = false;
  let recordPastUptime: ReturnType<typeof pastUptimeWriter> | null = null;

  /** Records uptime of earlier processes only: this process writes its own heartbeats. */
  async function recordUptime(waiting: readonly SpoolEntry[]): Promise<void> {
    const [from, to] = [waiting[0]?.receivedAt, waiting.at(-1)?.receivedAt];
    if (!from || !to || from.getTime() >= Date.now() - process.uptime() * 1_000) return;
    recordPastUptime ??= pastUptimeWriter(`spool ${spool.id().slice(0, 8)}`);
    await recordPastUptime({ from, to });
  }

  function noteProgress(): void {
    movedAt = performance.now();
    trouble = null;
    batch = Math.min(MAX_BATCH, batch * 2);
  }

  /** Runs work and records which side failed. */
  async function on<T>(side: NonNullable<DrainTrouble>, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (trouble !== side) log.warn({ err: error }, `spool: drain failed, ${WAITS_FOR[side]}`);
      trouble = side;
      throw error;
    }
  }

  async function storeAll(): Promise<void> {
    const id = await on("disk", async () => spool.id());
    let place: SpoolPosition | null = await on("database", () => readSpoolPosition(id));
    for (let segment = spool.oldest(); segment !== null && !stopped; segment = spool.oldest()) {
      const current = segment;
      const { waiting, size } = await on("disk", () => spool.read(current, place, batch));
      if (waiting.length === 0) {
        await on("disk", () => spool.remove(current, size));
        continue;
      }
      const from = place;
      place = await on("database", () => storeSpooled(id, from, waiting));
      noteProgress();
      await recordUptime(waiting);
    }
    noteProgress();
  }

  async function run(): Promise<void> {
    try {
      await storeAll();
    } catch {
      batch = Math.max(1, Math.floor(batch / 2));
      if (!stopped) timer = setTimeout(wake, RETRY_MS).unref();
    }
  }

  function wake(): void {
    clearTimeout(timer);
    if (stopped || running) return;
    if (spool.oldest() === null) {
      trouble = null;
      return;
    }
    // The spool was empty until now, so it hasn't been stalled.
    if (trouble === null) movedAt = performance.now();
    running = run().finally(() => {
      running = null;
      if (trouble === null) wake();
    });
  }

  return {
    wake,
    /** Why the last attempt failed, or null. */
    trouble: (): DrainTrouble => trouble,
    /** Milliseconds since a delivery last left the spool; 0 while it is empty. */
    stalledForMs: (): number => (spool.oldest() === null ? 0 : performance.now() - movedAt),
    /** Waits for the current transaction, and starts no other. */
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

const WAITS_FOR = { database: "the database rejects writes", disk: "a file can’t be read or removed" } as const;
