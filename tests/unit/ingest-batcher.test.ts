import { expect, test, vi } from "vitest";
import { BatcherFull, createBatcher } from "@/lib/deliveries/batcher";

const ROOM = { items: 5_000, bytes: 64 * 1024 ** 2 };
const adding = <Result>(write: (items: readonly number[]) => Promise<readonly Result[]>) =>
  createBatcher({ write, sizeOf: () => 1, maxWaiting: ROOM });

/** Holds writes back until it is opened. */
function createGate(): { open: () => void; opened: Promise<void> } {
  const gate = { open: () => {} };
  const opened = new Promise<void>((resolve) => {
    gate.open = resolve;
  });
  return { open: () => gate.open(), opened };
}

test("what arrives during a write goes together with the next, and each gets its own result", async () => {
  const batches: number[][] = [];
  const add = adding(async (items: readonly number[]) => {
    batches.push([...items]);
    return items.map((item) => item * 10);
  });
  expect(await Promise.all([add(1), add(2), add(3)])).toEqual([10, 20, 30]);
  expect(await add(4)).toBe(40);
  expect(batches).toEqual([[1], [2, 3], [4]]);
});

test("a failed write fails its own items and no others", async () => {
  const add = adding(async (items: readonly number[]) => {
    if (items.includes(1)) throw new Error("no");
    return items;
  });
  const results = await Promise.allSettled([add(1), add(2)]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
});

test("more than may wait are refused at once, and the others still come through", async () => {
  const { open, opened } = createGate();
  const add = adding(async (items: readonly number[]) => {
    await opened;
    return items;
  });
  const results = Array.from({ length: 5_002 }, (_, item) => add(item));
  await expect(results[5_001]).rejects.toMatchObject({ code: "unavailable", headers: { "Retry-After": "5" } });
  open();
  expect(await Promise.all(results.slice(0, 5_001))).toHaveLength(5_001);
});

test("large items are refused by their bytes, and there is room again when they have gone", async () => {
  const { open, opened } = createGate();
  const add = createBatcher({
    write: async (items: readonly number[]) => {
      await opened;
      return items;
    },
    sizeOf: (item) => item * 1024 ** 2,
    maxWaiting: ROOM,
  });
  const taken = [add(40), add(24)];
  await expect(add(1)).rejects.toMatchObject({ code: "unavailable" });
  open();
  expect(await Promise.all(taken)).toEqual([40, 24]);
  expect(await add(64)).toBe(64);
});

test("after a batch in which nothing was written the next is half as large, down to one, and then they grow again", async () => {
  const sizes: number[] = [];
  let isWell = false;
  const { open, opened } = createGate();
  const add = createBatcher({
    write: async (items: readonly number[]) => {
      await opened;
      sizes.push(items.length);
      isWell ||= items.length === 1 && sizes.length > 3;
      return items.map(() => isWell);
    },
    sizeOf: () => 1,
    maxWaiting: ROOM,
    succeeded: (isWritten: boolean) => isWritten,
  });
  const first = add(0);
  const others = Promise.all(Array.from({ length: 20 }, (_, item) => add(item)));
  open();
  await Promise.all([first, others]);
  expect(sizes.slice(0, 6)).toEqual([1, 1, 1, 1, 2, 4]);
  expect(sizes.reduce((sum, size) => sum + size)).toBe(21);
});

test("a batch is bounded by its bytes as well, and one item that exceeds them goes alone", async () => {
  const batches: number[][] = [];
  const add = createBatcher({
    write: async (items: readonly number[]) => {
      batches.push([...items]);
      return items;
    },
    sizeOf: (item) => item * 1024 ** 2,
    maxWaiting: ROOM,
  });
  await Promise.all([1, 10, 5, 2, 20, 1].map(add));
  expect(batches).toEqual([[1], [10, 5], [2], [20], [1]]);
});

test("an item that has waited for too long is turned away before its write, and those in time are written", async () => {
  const written: number[][] = [];
  const { open, opened } = createGate();
  const add = createBatcher({
    write: async (items: readonly number[]) => {
      written.push([...items]);
      await opened;
      return items;
    },
    sizeOf: () => 1,
    maxWaiting: ROOM,
    maxWaitMs: 1_000,
  });
  vi.useFakeTimers({ toFake: ["performance"] });
  const first = add(1);
  const late = add(2);
  vi.advanceTimersByTime(1_001);
  const withTimeout = add(3);
  open();
  await expect(late).rejects.toThrow(BatcherFull);
  expect(await Promise.all([first, withTimeout])).toEqual([1, 3]);
  expect(written).toEqual([[1], [3]]);
  vi.useRealTimers();
});
