import "server-only";
import { awaySince } from "@/lib/base/outage";
import { readOr } from "@/lib/base/reach";
import { single } from "@/lib/base/runtime";

/** What was read longer before an outage isn't shown in it: it may have changed since. */
const KEPT_MS = 60 * 60_000;

/** How much of a memory a value takes: one, and one for each row. */
const weightOf = (value: unknown): number => (Array.isArray(value) ? 1 + value.length : 1);

/**
 * What was read last, by key. Beyond `most` keys and rows the oldest are forgotten.
 *
 * @param keptMs how long before an outage something may have been read to be shown in it
 */
export function createMemory<T>(name: string, most: number, keptMs = KEPT_MS) {
  const memory = single(`memory of ${name}`, () => ({
    entries: new Map<string, { value: T; at: number }>(),
    weight: 0,
  }));

  function remove(key: string): void {
    const own = memory();
    const found = own.entries.get(key);
    if (!found) return;
    own.entries.delete(key);
    own.weight -= weightOf(found.value);
  }

  return {
    get(key: string): T | undefined {
      const found = memory().entries.get(key);
      const end = awaySince()?.getTime() ?? Date.now();
      return found && end - found.at <= keptMs ? found.value : undefined;
    },
    set(key: string, value: T): void {
      const own = memory();
      remove(key);
      own.entries.set(key, { value, at: Date.now() });
      own.weight += weightOf(value);
      for (const oldest of own.entries.keys()) {
        if (own.weight <= most) break;
        remove(oldest);
      }
    },
    remove,
  };
}

/** Numbers of any size are part of a key. */
const keyOf = (key: unknown): string =>
  JSON.stringify(key, (_, value) => (typeof value === "bigint" ? `${value}n` : value));

/**
 * A read whose last result per key holds while Postgres is away.
 *
 * @param otherwise what is shown of a key that wasn't read before; without it the error is thrown
 * @param most keys and rows that are kept
 */
export function lastKnown<T>(name: string, otherwise?: T, most = 50_000) {
  const memory = createMemory<T>(name, most);
  return (key: unknown, read: () => Promise<T>): Promise<T> => {
    const text = keyOf(key);
    const remembered = async () => {
      const value = await read();
      memory.set(text, value);
      return value;
    };
    return readOr(remembered, () => memory.get(text) ?? otherwise);
  };
}
