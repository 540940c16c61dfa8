import "server-only";
import { env } from "@/lib/base/env";
import { log } from "@/lib/base/log";
import { runtime, single } from "@/lib/base/runtime";

type End = { end: () => Promise<unknown>; atOnce: boolean };

/** Where the database is, once the data was moved while this process ran, and how to end what depends on it, by name. */
const state = single("database", () => ({ url: null as string | null, ends: new Map<string, End>() }));

/** URL of the database that has the data now: DATABASE_URL, or where a move has led since the start. */
export const databaseUrl = (): string | undefined => state().url ?? env().DATABASE_URL;

/** What still runs on the old connections has this long to end: longer than any statement. */
const GRACE_MS = 16 * 60_000;

/**
 * Declares a singleton of the process that belongs to one database: made at first use, and anew after a move.
 *
 * @param name its unique name
 * @param end closes its connections, some time after the move or at once
 */
export function ofDatabase<T>(
  name: string,
  make: () => T,
  end: (value: T) => Promise<unknown>,
  { atOnce = false } = {},
): () => T {
  return single(name, () => {
    const value = make();
    state().ends.set(name, { end: () => end(value), atOnce });
    return value;
  });
}

/** Goes on with another database: whatever asks from now on asks that one. Old connections are closed later. */
export function goOnWith(url: string): void {
  const { ends } = state();
  const old = [...ends];
  state().url = url;
  ends.clear();
  for (const [name, { end, atOnce }] of old) {
    runtime().delete(name);
    const close = () =>
      void end().catch((error: unknown) => log.warn({ err: error }, "database: old connections couldn’t be closed"));
    if (atOnce) close();
    else setTimeout(close, GRACE_MS).unref();
  }
}
