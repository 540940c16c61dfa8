import "server-only";
import { log } from "@/lib/base/log";
import { pastUptimeWriter } from "@/lib/deliveries/heartbeat/past-uptime";
import type { Spool, SpoolEntry, SpoolPosition } from "@/lib/deliveries/spool/spool";
import { storeSpooled } from "@/lib/deliveries/store";
import { readSpoolPosition } from "@/lib/deliveries/store-batch";

/** How soon the database is asked again. */
const RETRY_MS = 1_000;
/** Deliveries to one transaction, at most. */
const MAX_BATCH = 200;

/** What keeps the spool from being stored: the database, or that the spool itself cannot be read. */
export type DrainTrouble = "database" | "disk" | null;

/**
 * Stores what waits in a spool, in its order, as soon as the database takes it. `wake` after something was added. After
 * a failure the next transaction has half as many deliveries, down to one: a slow database gets on too.
 */
export function createDrain(spool: Spool) {
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let trouble: DrainTrouble = null;
  let batch = MAX_BATCH;
  let movedAt = performance.now();
  let stopped = false;
  let recordPastUptime: ReturnType<typeof pastUptimeWriter> | null = null;

  /** What this process took itself, it was seen for. */
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

  /** Says which side a failure is of. */
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
    // A spool that begins to wait has stood still for no time.
    if (trouble === null) movedAt = performance.now();
    running = run().finally(() => {
      running = null;
      if (trouble === null) wake();
    });
  }

  return {
    wake,
    /** What kept deliveries in the spool when they were to be stored last. */
    trouble: (): DrainTrouble => trouble,
    /** For how long nothing has come out of the spool, in milliseconds; 0 while nothing waits. */
    stalledForMs: (): number => (spool.oldest() === null ? 0 : performance.now() - movedAt),
    /** Lets the transaction under way finish, and begins no other. */
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

const WAITS_FOR = {
  database: "the database rejects writes",
  disk: "a file can’t be read or removed",
} as const;
