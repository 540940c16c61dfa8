import "server-only";
import { env } from "@/lib/base/env";
import { log } from "@/lib/base/log";
import { single } from "@/lib/base/runtime";

type Part = { value: unknown; end: () => Promise<unknown>; atOnce: boolean };

/** Where the database is, and what depends on it. `url` is set once the data was moved while this process ran. */
const state = single("database", () => ({ url: null as string | null, parts: new Map<string, Part>() }));

/** URL of the database that has the data now: DATABASE_URL, or where a move has led since the start. */
export const databaseUrl = (): string | undefined => state().url ?? env().DATABASE_URL;

/** What still runs on the old connections has this long to end. */
const GRACE_MS = 60_000;

/**
 * Declares a singleton of the process that belongs to one database: made at first use, and anew after a move.
 *
 * @param name its unique name
 * @param end closes its connections, a minute after the move or at once
 */
export function ofDatabase<T>(
  name: string,
  make: () => T,
  end: (value: T) => Promise<unknown>,
  { atOnce = false } = {},
): () => T {
  return () => {
    const { parts } = state();
    const known = parts.get(name);
    if (known) return known.value as T;
    const value = make();
    parts.set(name, { value, end: () => end(value), atOnce });
    return value;
  };
}

/** Goes on with another database: whatever asks from now on asks that one. Old connections are closed a minute later. */
export function goOnWith(url: string): void {
  const { parts } = state();
  const old = [...parts.values()];
  state().url = url;
  parts.clear();
  for (const { end, atOnce } of old) {
    const close = () =>
      void end().catch((error: unknown) => log.warn({ err: error }, "database: old connections couldn’t be closed"));
    if (atOnce) close();
    else setTimeout(close, GRACE_MS).unref();
  }
}
