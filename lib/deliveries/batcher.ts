import { AppError } from "@/lib/base/errors";
import { RETRY_AFTER } from "@/lib/deliveries/secrets/secret";

/** Items and bytes per write: limits how long the first items of a transaction wait for the others. */
const MAX_BATCH = 500;
const MAX_BATCH_BYTES = 16 * 1024 ** 2;

type Waiting<Item, Result> = {
  item: Item;
  since: number;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
};

/** The queue is full, or the item has waited too long. */
export class BatcherFull extends AppError {
  constructor() {
    super("unavailable", "Too many deliveries at once. Send this again.", RETRY_AFTER);
  }
}

type Options<Item, Result> = {
  /** Returns the results in the order of the items. */
  write: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Bytes that an item holds while it waits. */
  sizeOf: (item: Item) => number;
  /** Limit of the queue. More means an outage: failing fast is better than letting requests time out. */
  maxWaiting: { items: number; bytes: number };
  /** How long an item may wait until its write starts; unlimited by default. */
  maxWaitMs?: number;
  /** Whether an item was written. After a batch without any, the next is half as large. */
  succeeded?: (result: Result) => boolean;
};

/** Batches what arrives during a write into the next one. Never delays an item to fill a batch. */
export function createBatcher<Item, Result>(options: Options<Item, Result>) {
  const { write, sizeOf, maxWaiting, maxWaitMs = Number.POSITIVE_INFINITY, succeeded = () => true } = options;
  const queue: Waiting<Item, Result>[] = [];
  let writing = false;
  let bytes = 0;
  let batchLimit = MAX_BATCH;

  function rejectExpired(): void {
    const now = performance.now();
    const firstFresh = queue.findIndex(({ since }) => now - since <= maxWaitMs);
    for (const { item, reject } of queue.splice(0, firstFresh === -1 ? queue.length : firstFresh)) {
      bytes -= sizeOf(item);
      reject(new BatcherFull());
    }
  }

  function nextBatch(): Waiting<Item, Result>[] {
    rejectExpired();
    let [items, size] = [0, 0];
    while (items < Math.min(batchLimit, queue.length)) {
      size += sizeOf((queue[items] as Waiting<Item, Result>).item);
      if (items > 0 && size > MAX_BATCH_BYTES) break;
      items++;
    }
    return queue.splice(0, items);
  }

  async function writeBatch(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await write(batch.map(({ item }) => item));
      batchLimit = results.some(succeeded)
        ? Math.min(MAX_BATCH, batchLimit * 2)
        : Math.max(1, Math.floor(batch.length / 2));
      for (const [place, { resolve }] of batch.entries()) resolve(results[place] as Result);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    for (const { item } of batch) bytes -= sizeOf(item);
  }

  async function writeAll(): Promise<void> {
    writing = true;
    while (queue.length > 0) {
      const batch = nextBatch();
      if (batch.length > 0) await writeBatch(batch);
    }
    writing = false;
  }

  /** The item's result, after its write. @throws BatcherFull; whatever the write threw */
  return function enqueue(item: Item): Promise<Result> {
    if (queue.length >= maxWaiting.items || bytes + sizeOf(item) > maxWaiting.bytes) {
      return Promise.reject(new BatcherFull());
    }
    return new Promise((resolve, reject) => {
      bytes += sizeOf(item);
      queue.push({ item, since: performance.now(), resolve, reject });
      if (!writing) void writeAll();
    });
  };
}
