import { AppError } from "@/lib/errors";

/** Items per write: bounds how long those at the front of a transaction wait for the others. */
const MAX_BATCH = 500;
/** Items and bytes that may wait. More is an outage: better to say so at once than to let requests time out. */
const MAX_WAITING = 5_000;
const MAX_WAITING_BYTES = 64 * 1024 ** 2;

type Waiting<Item, Result> = { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void };

/**
 * Lets concurrent requests share one write: while one is under way, whatever arrives waits and goes together with the
 * next. Nobody is answered before the write that holds their own item has returned, and nothing waits for company.
 *
 * @param write gives the results in the order of the items
 * @param sizeOf bytes that an item holds while it waits
 */
export function createBatcher<Item, Result>(
  write: (items: readonly Item[]) => Promise<readonly Result[]>,
  sizeOf: (item: Item) => number,
) {
  const queue: Waiting<Item, Result>[] = [];
  let writing = false;
  let bytes = 0;

  async function writeAll(): Promise<void> {
    writing = true;
    while (queue.length > 0) {
      const batch = queue.splice(0, MAX_BATCH);
      try {
        const results = await write(batch.map(({ item }) => item));
        for (const [place, { resolve }] of batch.entries()) resolve(results[place] as Result);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      for (const { item } of batch) bytes -= sizeOf(item);
    }
    writing = false;
  }

  /**
   * @returns the item's own result, after its write
   * @throws AppError unavailable when too many wait already; whatever the write threw
   */
  return function add(item: Item): Promise<Result> {
    if (queue.length >= MAX_WAITING || bytes + sizeOf(item) > MAX_WAITING_BYTES) {
      return Promise.reject(
        new AppError("unavailable", "Too many deliveries at once. Send this again.", { "Retry-After": "5" }),
      );
    }
    return new Promise((resolve, reject) => {
      bytes += sizeOf(item);
      queue.push({ item, resolve, reject });
      if (!writing) void writeAll();
    });
  };
}
