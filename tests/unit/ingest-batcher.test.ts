import { expect, test } from "vitest";
import { createBatcher } from "@/lib/ingest/batcher";

const small = () => 1;

test("what arrives during a write goes together with the next, and each gets its own result", async () => {
  const batches: number[][] = [];
  const add = createBatcher(async (items: readonly number[]) => {
    batches.push([...items]);
    return items.map((item) => item * 10);
  }, small);
  expect(await Promise.all([add(1), add(2), add(3)])).toEqual([10, 20, 30]);
  expect(await add(4)).toBe(40);
  expect(batches).toEqual([[1], [2, 3], [4]]);
});

test("a failed write fails its own items and no others", async () => {
  const add = createBatcher(async (items: readonly number[]) => {
    if (items.includes(1)) throw new Error("no");
    return items;
  }, small);
  const results = await Promise.allSettled([add(1), add(2)]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
});

test("more than may wait are refused at once, and the others still come through", async () => {
  const gate = { open: () => {} };
  const opened = new Promise<void>((resolve) => {
    gate.open = resolve;
  });
  const add = createBatcher(async (items: readonly number[]) => {
    await opened;
    return items;
  }, small);
  const results = Array.from({ length: 5_002 }, (_, item) => add(item));
  await expect(results[5_001]).rejects.toMatchObject({ code: "unavailable", headers: { "Retry-After": "5" } });
  gate.open();
  expect(await Promise.all(results.slice(0, 5_001))).toHaveLength(5_001);
});

test("large items are refused by their bytes, and there is room again when they have gone", async () => {
  const gate = { open: () => {} };
  const opened = new Promise<void>((resolve) => {
    gate.open = resolve;
  });
  const add = createBatcher(
    async (items: readonly number[]) => {
      await opened;
      return items;
    },
    (item) => item * 1024 ** 2,
  );
  const taken = [add(40), add(24)];
  await expect(add(1)).rejects.toMatchObject({ code: "unavailable" });
  gate.open();
  expect(await Promise.all(taken)).toEqual([40, 24]);
  expect(await add(64)).toBe(64);
});
