import "server-only";

import pg from "pg";
import { databaseUrl, ofDatabase } from "@/lib/base/database-parts";
import { log } from "@/lib/base/log";
import { single } from "@/lib/base/runtime";
import { CHANNEL } from "@/lib/deliveries/announce";
import { answer } from "@/lib/question/answer";
import type { ListedClick } from "@/lib/question/answer-types";
import { type Filters, question, type Scope } from "@/lib/question/question";

const RETRY_MS = 1_000;
const KEEP_ALIVE_MS = 10_000;

type Listener = { watchers: Set<() => void>; client: pg.Client | null; retry: NodeJS.Timeout | undefined };

const listener = single("listener", (): Listener => ({ watchers: new Set(), client: null, retry: undefined }));

/** After a move the connection ends, and is made anew to the other database. */
const followMove = ofDatabase(
  "listener's place",
  () => null,
  async () => listener().client?.end(),
  { atOnce: true },
);

/** One database connection for all viewers. When it is back after a loss, viewers are notified. */
async function connect(): Promise<void> {
  followMove();
  const state = listener();
  const client = new pg.Client({
    connectionString: databaseUrl(),
    connectionTimeoutMillis: 3_000,
    // Nothing is ever sent over it, so nothing else would notice that the server is gone.
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
 * Calls `watcher` after any server has stored clicks, and once when notifications work.
 *
 * @returns stops it; the connection is closed with the last watcher
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

/** Numbers become visible out of order: this many below the highest are read again. */
const WINDOW = 500n;
/** More at once is a backlog: viewers see the last ones, and the figures have all. */
const MOST = 50;
/** Numbers per query. */
const STEP = Number(WINDOW) * 10;

/** `next` returns clicks that it hasn't returned yet, oldest first; `place` is the number up to which it has looked. */
export type Feed = {
  next: () => Promise<{ clicks: ListedClick[]; place: string; omitted: number }>;
  place: () => string;
};

/** Matching clicks that are stored from now on, or after a number, where an earlier feed stopped. */
export async function createFeed(scope: Scope, filters: () => Filters, after: string | null): Promise<Feed> {
  const newestSeq = () => answer(question(scope, { kind: "newestSeq" }));
  const storedAfter = (limit: number) =>
    answer(question(scope, { kind: "storedAfter", after: below(place), limit }, filters()));
  let place = BigInt(after ?? (await newestSeq()));
  const start = place;
  const given = new Set<string>();
  // Of the window below the start, what is visible now isn't new; the rest is.
  for (const seq of await storedAfter(Number(WINDOW))) {
    if (BigInt(seq) <= start) given.add(seq);
  }

  return {
    place: () => String(place),
    async next() {
      // Read before the clicks: what is stored meanwhile has a higher number, or one within the window.
      const newest = BigInt(await newestSeq());
      const found = await storedAfter(STEP);
      const fresh = found.filter((seq) => !given.has(seq));
      for (const seq of fresh) given.add(seq);
      const last = BigInt(found.at(-1) ?? 0);
      // However few match, no query reads all clicks from the start again.
      const seen = found.length < STEP && newest > last ? newest : last;
      if (seen > place) place = seen;
      for (const seq of given) if (BigInt(seq) <= place - WINDOW) given.delete(seq);
      const shown = fresh.slice(-MOST);
      const clicks = await answer(question(scope, { kind: "clicksBySeq", seqs: shown }));
      return { clicks, place: String(place), omitted: fresh.length - shown.length };
    },
  };
}

const below = (place: bigint): string => String(place > WINDOW ? place - WINDOW : 0n);
