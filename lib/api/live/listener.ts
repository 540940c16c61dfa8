import "server-only";
import pg from "pg";
import { env } from "@/lib/base/env";
import { log } from "@/lib/base/log";
import { single } from "@/lib/base/runtime";
import { CHANNEL } from "@/lib/deliveries/announce";

const RETRY_MS = 1_000;
const KEEP_ALIVE_MS = 10_000;

type Listener = { watchers: Set<() => void>; client: pg.Client | null; retry: NodeJS.Timeout | undefined };

const listener = single("listener", (): Listener => ({ watchers: new Set(), client: null, retry: undefined }));

/** One connection for all viewers. After it was lost, viewers are notified once it is back. */
async function connect(): Promise<void> {
  const state = listener();
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    connectionTimeoutMillis: 3_000,
    // Nothing is ever sent over it, so nothing else would notice that the other end has gone.
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
  });
  state.client = client;
  client.on("notification", tellAll);
  client.on("error", (error) => log.warn({ err: error }, "live: connection lost"));
  client.on("end", () => {
    if (state.client === client) reconnect();
  });
  try {
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    tellAll();
  } catch (error) {
    log.warn({ err: error }, "live: listen failed");
    if (state.client === client) reconnect();
    await client.end().catch(() => {});
  }
}

function tellAll(): void {
  for (const watcher of listener().watchers) watcher();
}

function reconnect(): void {
  const state = listener();
  state.client = null;
  clearTimeout(state.retry);
  if (state.watchers.size === 0) return;
  state.retry = setTimeout(() => void connect(), RETRY_MS).unref();
}

/**
 * Calls `watcher` after clicks were stored by any server, and once when it can be told of them.
 *
 * @returns ends it; without watchers there is no connection
 */
export function watchClicks(watcher: () => void): () => void {
  const state = listener();
  state.watchers.add(watcher);
  if (state.client === null && state.watchers.size === 1) void connect();
  return () => {
    state.watchers.delete(watcher);
    if (state.watchers.size > 0) return;
    clearTimeout(state.retry);
    const { client } = state;
    state.client = null;
    void client?.end().catch(() => {});
  };
}
