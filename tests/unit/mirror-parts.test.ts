import { expect, test } from "vitest";
import { coalesce } from "@/lib/engines/coalesce";
import { createCache } from "@/lib/engines/duckdb/cache";
import { createPool, isDamaged, reasonOf } from "@/lib/engines/duckdb/database";

/** A promise and the means to settle it. */
function deferred<T>() {
  const settle: { resolve: (value: T) => void; reject: (error: Error) => void } = { resolve() {}, reject() {} };
  const promise = new Promise<T>((resolve, reject) => Object.assign(settle, { resolve, reject }));
  return { promise, ...settle };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("those who ask together share one piece of work, those who ask meanwhile the next", async () => {
  const works = [deferred<number>(), deferred<number>()];
  let begun = 0;
  const ask = coalesce(() => works[begun++]?.promise ?? Promise.reject(new Error("asked too often")));
  const early = [ask(), ask()];
  await turn();
  expect(begun).toBe(1);
  const late = [ask(), ask()];
  await turn();
  expect(begun).toBe(1);
  works[0]?.resolve(1);
  expect(await Promise.all(early)).toEqual([1, 1]);
  await turn();
  expect(begun).toBe(2);
  works[1]?.resolve(2);
  expect(await Promise.all(late)).toEqual([2, 2]);
});

test("work that fails does not stand in the way of the next", async () => {
  let count = 0;
  const ask = coalesce(() => (count++ === 0 ? Promise.reject(new Error("first")) : Promise.resolve(count)));
  await expect(ask()).rejects.toThrow("first");
  expect(await ask()).toBe(2);
});

test("pool serve in the order of asking, and close when nothing is used any more", async () => {
  const pool = createPool(["a"]);
  const [first, order] = [deferred<void>(), [] as number[]];
  const one = pool.use(() => first.promise.then(() => order.push(1)));
  const two = pool.use(async () => order.push(2));
  const three = pool.use(async () => order.push(3));
  first.resolve();
  await Promise.all([one, two, three]);
  expect(order).toEqual([1, 2, 3]);

  const last = deferred<string>();
  const using = pool.use(() => last.promise);
  const waiting = pool.use(async () => "never");
  await turn();
  let closed = false;
  const closing = pool.close().then(() => {
    closed = true;
  });
  await expect(waiting).rejects.toThrow("closed");
  expect(closed).toBe(false);
  last.resolve("done");
  expect(await using).toBe("done");
  await closing;
  await expect(pool.use(async () => "late")).rejects.toThrow("closed");
});

test("an answer is kept while the data is the same, a failure is not", async () => {
  const remember = createCache<number[]>();
  let asked = 0;
  const answer = async () => [++asked];
  expect(await Promise.all([remember("v1", ["q"], answer), remember("v1", ["q"], answer)])).toEqual([[1], [1]]);
  expect(await remember("v1", ["other"], answer)).toEqual([2]);
  expect(await remember("v2", ["q"], answer)).toEqual([3]);
  await expect(remember("v2", ["bad"], () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await remember("v2", ["bad"], answer)).toEqual([4]);
});

test("who waits while the data changes gets the answer that was asked for, and others the new one", async () => {
  const remember = createCache<number[]>();
  const [early, late] = [deferred<number[]>(), deferred<number[]>()];
  const first = remember("v1", ["q"], () => early.promise);
  const second = remember("v2", ["q"], () => late.promise);
  late.resolve([2]);
  expect(await second).toEqual([2]);
  early.resolve([1]);
  expect(await first).toEqual([1]);
  expect(await remember("v2", ["q"], () => Promise.reject(new Error("asked again")))).toEqual([2]);
});

test("what is kept is bounded", async () => {
  const remember = createCache<number[]>();
  const large = async () => new Array<number>(50_000).fill(0);
  for (const question of ["a", "b", "c", "d", "e", "f"]) await remember("v", [question], large);
  let isAskedAgain = false;
  await remember("v", ["a"], async () => {
    isAskedAgain = true;
    return [];
  });
  expect(isAskedAgain).toBe(true);
});

test("what was asked for longest ago makes room, and what is asked for again and again stays", async () => {
  const remember = createCache<number[]>();
  const asked: string[] = [];
  const ask = (question: string, rows: number) =>
    remember("v", [question], async () => {
      asked.push(question);
      return new Array<number>(rows).fill(0);
    });
  for (let part = 0; part < 1_000; part++) {
    await ask("page", 100);
    await ask(`part ${part}`, 2_000);
  }
  expect(asked.filter((question) => question === "page")).toHaveLength(1);
  await ask("part 999", 2_000);
  expect(asked.filter((question) => question === "part 999")).toHaveLength(1);
  await ask("part 0", 2_000);
  expect(asked.filter((question) => question === "part 0")).toHaveLength(2);
  await ask("huge", 50_001);
  await ask("page", 100);
  expect(asked.filter((question) => question === "page")).toHaveLength(1);
});

test("an answer of very many rows is not kept", async () => {
  const remember = createCache<number[]>();
  let asked = 0;
  const huge = async () => {
    asked++;
    return new Array<number>(50_001).fill(0);
  };
  await remember("v", ["a"], huge);
  await remember("v", ["a"], huge);
  expect(asked).toBe(2);
});

test.each([
  ['IO Error: Could not set lock on file "/data/clicks.duckdb": Conflicting lock is held in PID 7', "in use", false],
  ["IO Error: Could not write to file: No space left on device", "disk is full", false],
  ['IO Error: The file "x" exists, but it is not a valid DuckDB database file!', "See the log for details", true],
  ["Serialization Error: Failed to deserialize: version mismatch", "See the log for details", true],
  ["FATAL Error: Failed: database has been invalidated", "See the log for details", true],
  ["Out of Memory Error: could not allocate block", "See the log for details", false],
  ["Binder Error: no such column", "See the log for details", false],
  ["connect ECONNREFUSED 127.0.0.1:5432", "Postgres", false],
])("%j is told as what it is", (message, reason, damaged) => {
  expect(reasonOf(new Error(message))).toContain(reason);
  expect(reasonOf(new Error(message))).not.toMatch(/127|PID|\/data/);
  expect(isDamaged(new Error(message))).toBe(damaged);
});
