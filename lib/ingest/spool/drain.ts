import "server-only";
import type { Spool, Waiting } from "@/lib/ingest/spool/spool";
import { storeSpooled } from "@/lib/ingest/store";
import { readPlace } from "@/lib/ingest/store-batch";
import { log } from "@/lib/log";
import { earlierReception } from "@/lib/reception/earlier";

/** How soon the database is asked again. */
const RETRY_MS = 1_000;
/** Deliveries to one transaction. */
const BATCH = 200;

/** Stores what waits in a spool, in its order, as soon as the database takes it. `wake` after something was added. */
export function createDrain(spool: Spool) {
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isFailing = false;
  let stopped = false;
  let noteEarlier: ReturnType<typeof earlierReception> | null = null;

  /** What this process took itself, it was seen for. */
  async function noteReception(waiting: readonly Waiting[]): Promise<void> {
    const [from, to] = [waiting[0]?.receivedAt, waiting.at(-1)?.receivedAt];
    if (!from || !to || from.getTime() >= Date.now() - process.uptime() * 1_000) return;
    noteEarlier ??= earlierReception(`spool ${spool.id().slice(0, 8)}`);
    await noteEarlier({ from, to });
  }

  async function storeAll(): Promise<void> {
    const id = spool.id();
    let place = await readPlace(id);
    for (let segment = spool.oldest(); segment !== null && !stopped; segment = spool.oldest()) {
      // A segment that came back, with a backup say, is stored again: no click is counted twice by that.
      if (place?.segment !== segment) place = { segment, position: 0 };
      const { waiting, size } = await spool.read(place, BATCH);
      await storeSpooled(id, waiting);
      isFailing = false;
      await noteReception(waiting);
      if (waiting.length === 0) await spool.remove(segment, size);
      else place = waiting.at(-1)?.end ?? place;
    }
  }

  async function run(): Promise<void> {
    try {
      await storeAll();
      isFailing = false;
    } catch (error) {
      if (!isFailing) log.warn({ err: error }, "the spool waits: the database does not take deliveries");
      isFailing = true;
      if (!stopped) timer = setTimeout(wake, RETRY_MS).unref();
    }
  }

  function wake(): void {
    clearTimeout(timer);
    if (stopped || running || spool.oldest() === null) return;
    running = run().finally(() => {
      running = null;
      if (!isFailing) wake();
    });
  }

  return {
    wake,
    /** Whether the database refused what waits when it was asked last. */
    isFailing: () => isFailing,
    /** Lets the transaction under way finish, and begins no other. */
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
