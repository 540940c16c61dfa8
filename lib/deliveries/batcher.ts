import { AppError } from "@/lib/base/errors";

/** Items and bytes per write: bounds how long those at the front of a transaction wait for the others. */
const MAX_BATCH = 500;
const MAX_BATCH_BYTES = 16 * 1024 ** 2;

type Waiting<Item, Result> = {
  item: Item;
  since: number;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
};

/** There is no room for another item, or it has waited for too long: others have to be written first. */
export class BatcherFull extends AppError {
  constructor() {
    super("unavailable", "Too many deliveries at once. Send this again.", { "Retry-After": "5" });
  }
}

type Options<Item, Result> = {
  /** Gives the results in the order of the items. */
  write: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Bytes that an item holds while it waits. */
  sizeOf: (item: Item) => number;
  /** Items and bytes that may wait. More is an outage: better to say so at once than to let requests time out. */
  maxWaiting: { items: number; bytes: number };
  /** For how long an item may wait until its write begins; without it, as long as it takes. */
  maxWaitMs?: number;
  /** Whether an item was written; after a batch in which none was, the next is half as large. */
  succeeded?: (result: Result) => boolean;
};

/**
 * Lets concurrent requests share one write: while one is under way, whatever arrives waits and goes together with the
 * next. Nobody is answered before the write that holds their own item has returned, and nothing waits for company.
 */
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

  /**
   * @returns the item's own result, after its write
   * @throws BatcherFull when too many wait already, or for too long; whatever the write threw
   */
  return function add(item: Item): Promise<Result> {
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
