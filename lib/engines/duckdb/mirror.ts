import "server-only";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { DatabaseError } from "pg";
import { env } from "@/lib/base/env";
import { log as processLog } from "@/lib/base/log";
import { single } from "@/lib/base/runtime";
import { coalesce, createCache } from "@/lib/engines/duckdb/cache";
import { type Copy, isOf, OldShape, openCopy } from "@/lib/engines/duckdb/copy";
import { type Row, removeDuckDb, type Value } from "@/lib/engines/duckdb/database";
import { type CopyPosition, createSource } from "@/lib/engines/duckdb/source";

/** More than this is not copied while a question waits. */
const CATCH_UP_CLICKS = 50_000n;
/** After a failure Postgres answers for so long before the mirror is tried again. */
const RETRY_MS = 30_000;
/** How often a query tries to get the lock while writers hold it. */
const SETTLE_TRIES = 2;
/** After a question that had to give up, Postgres answers for so long, and twice as long after each that follows. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** DuckDB keeps so many rows together; a step that ends elsewhere has its last ones written twice. */
const ROW_GROUP = 122_880;
/** Clicks per step: bounds the file between the two databases (some 60 MB), and what is done again after a crash. */
const STEP = 2 * ROW_GROUP;
const LOG_EVERY_MS = 5_000;
const SETTLE_PAUSE_MS = 200;

export type MirrorStatus = {
  /** Only while it is `current` it answers; otherwise Postgres does. */
  state: "filling" | "current" | "unavailable";
  clicks: number;
  /** 0 to 1 while it is being filled. */
  progress: number | null;
  /** Why it is not available. */
  reason: string | null;
};

export type MirrorOptions = {
  /** A directory of its own: it is deleted when it is of no use. */
  directory: string;
  databaseUrl: string;
  /** Bytes. */
  memory: number;
  /** Clicks that a fill copies at once. */
  step?: number;
  log: { info: Log; warn: Log; error: Log };
};
type Log = (details: Record<string, unknown>, message: string) => void;

export type Mirror = ReturnType<typeof createMirror>;

/**
 * A copy of Postgres' clicks that answers questions fast, with all clicks that were committed before the question. It
 * is a cache: whatever is wrong with it, Postgres answers.
 */
export function createMirror({ directory, databaseUrl, memory, step = STEP, log }: MirrorOptions) {
  const source = createSource(databaseUrl, (error) => log.warn({ err: error }, "mirror: connection lost"));
  const remember = createCache<Row[]>();
  let status: MirrorStatus = { state: "filling", clicks: 0, progress: 0, reason: null };
  let copy: Copy | null = null;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  /** Opens the file; one that cannot be read, or is of another version, is made anew. */
  async function open(): Promise<Copy> {
    try {
      return await openCopy(directory, memory);
    } catch (error) {
      if (!(error instanceof OldShape) && !isDamaged(error)) throw error;
      log.warn({ err: error }, "mirror: file unusable, rebuilding it");
      await removeDuckDb(directory);
      return openCopy(directory, memory);
    }
  }

  async function fill(): Promise<void> {
    try {
      copy ??= await open();
      const clicks = await fillUp(copy);
      if (!closed) status = { state: "current", clicks, progress: null, reason: null };
    } catch (error) {
      await giveUp(error);
    }
  }

  /** Fills a copy in steps: memory stays constant, and a crash loses one step. @returns how many clicks it has */
  async function fillUp(of: Copy): Promise<number> {
    const begun = Date.now();
    const resumed = await verified(of);
    let [clicks, logged] = [resumed, begun];
    for (let isLast = false; !isLast; ) {
      const end = await settled();
      if (!end) return clicks;
      const first = of.state().last;
      // New clicks come all the time; what has come meanwhile the first question takes in.
      isLast = end.last - first < step;
      while (of.state().last < end.last) {
        if (closed) return clicks;
        clicks += await of.append(source, await source.further(of.state().last, end, step));
        const progress = Number(of.state().last - first) / Number(end.last - first);
        status = { state: "filling", clicks, progress, reason: null };
        if (Date.now() - logged < LOG_EVERY_MS) continue;
        logged = Date.now();
        log.info({ clicks, percent: Math.floor(progress * 100) }, "mirror: filling");
      }
    }
    const seconds = Math.round((Date.now() - begun) / 1000);
    log.info({ clicks, copied: clicks - resumed, seconds }, "mirror: current");
    return clicks;
  }

  /** Empties a copy that is not what Postgres has. @returns how many clicks it holds */
  async function verified(of: Copy): Promise<number> {
    const { last } = of.state();
    const position = await source.position(last);
    const clicks = await of.count();
    // Somebody may have deleted clicks by hand, or the file may be from before a backup was restored.
    if (isOf(of.state(), position) && clicks === (last === 0n ? 0 : await source.count(last))) return clicks;
    await of.restart(position.fingerprint);
    return 0;
  }

  async function settled(): Promise<CopyPosition | null> {
    while (!closed) {
      const place = await source.gapFreePosition();
      if (place) return place;
      await delay(SETTLE_PAUSE_MS);
    }
    return null;
  }

  /** Leaves the answers to Postgres, and tries again later. */
  async function giveUp(error: unknown): Promise<void> {
    if (closed) return;
    const reason = reasonOf(error);
    // Once for each reason: a retry that fails alike is no news.
    if (status.reason !== reason) log.error({ err: error }, `mirror: unavailable, Postgres answers. ${reason}`);
    status = { state: "unavailable", clicks: 0, progress: null, reason };
    await closeCopy();
    if (isDamaged(error)) await removeDuckDb(directory).catch(() => {});
    clearTimeout(retry);
    retry = setTimeout(start, RETRY_MS).unref();
  }

  async function closeCopy(): Promise<void> {
    const last = copy;
    copy = null;
    await last?.close();
  }

  let filling: Promise<void> | null = null;
  function start(): void {
    filling ??= fill().finally(() => {
      filling = null;
    });
  }

  let isAway = false;

  /** Catches up with Postgres. @returns the version of the data, or null when Postgres has to answer */
  const advance = coalesce(async (): Promise<string | null> => {
    const current = copy;
    if (!current || status.state !== "current") return null;
    try {
      const { last } = current.state();
      const position = await source.position(last);
      isAway = false;
      if (!isOf(current.state(), position) || position.newest - last > CATCH_UP_CLICKS) {
        status = { state: "filling", clicks: status.clicks, progress: 0, reason: null };
        start();
        return null;
      }
      if (position.newest > last && !(await catchUp(current))) return null;
      return `${current.state().fingerprint} ${current.state().last}`;
    } catch (error) {
      if (!isOfPostgres(error)) await giveUp(error);
      // Once for each outage.
      else if (!isAway) log.warn({ err: error }, "mirror: query for Postgres’s newest click failed");
      isAway = isOfPostgres(error);
      return null;
    }
  });

  let pause = { ms: FIRST_PAUSE_MS, until: Number.NEGATIVE_INFINITY };

  /** A writer that hangs keeps the lock: asking for it again and again would make all others wait behind us. */
  async function catchUp(of: Copy): Promise<boolean> {
    if (performance.now() < pause.until) return false;
    for (let tries = 0; tries < SETTLE_TRIES; tries++) {
      const place = await source.gapFreePosition();
      if (!place) continue;
      if (place.last > of.state().last) {
        status = { ...status, clicks: status.clicks + (await of.append(source, place)) };
      }
      pause = { ms: FIRST_PAUSE_MS, until: Number.NEGATIVE_INFINITY };
      return true;
    }
    log.warn({ pauseMs: pause.ms }, "mirror: blocked by a writer, Postgres answers meanwhile");
    pause = { ms: Math.min(LONGEST_PAUSE_MS, pause.ms * 2), until: performance.now() + pause.ms };
    return false;
  }

  let closing: Promise<void> | undefined;
  async function end(): Promise<void> {
    closed = true;
    clearTimeout(retry);
    await filling;
    await closeCopy();
    await source.close();
  }

  return {
    /** Begins to fill; until it is done Postgres has to answer. */
    start,

    /** Catches up though nobody asks: the first question of the morning should not wait for a night's clicks. */
    keepUp: async (): Promise<void> => void (await advance()),

    /** Rows of one statement, with every click committed before, or null. An answer for `once` is not cached. */
    async ask(sql: string, values: readonly Value[], once = false): Promise<Row[] | null> {
      const version = await advance();
      const current = copy;
      if (version === null || !current) return null;
      try {
        const read = () => current.read(sql, values);
        return await (once ? read() : remember(version, [sql, ...values], read));
      } catch (error) {
        log.error({ err: error }, "mirror: query failed, Postgres answers it");
        if (isDamaged(error)) await giveUp(error);
        return null;
      }
    },

    status: () => status,

    /** The number of the last click that it has, or null while it does not answer. */
    last: (): bigint | null => (status.state === "current" && copy ? copy.state().last : null),

    /** Lets go of the file and the connections; Postgres answers what is still asked. */
    close(): Promise<void> {
      closing ??= end();
      return closing;
    },
  };
}

const holder = single("mirror", (): { mirror: Mirror | null } => ({ mirror: null }));

/** Starts the mirror of this process, unless the settings say that Postgres answers. */
export function startMirror(): void {
  const { ANALYTICS_ENGINE, DATABASE_URL, DATA_DIR, MIRROR_MEMORY } = env();
  if (ANALYTICS_ENGINE === "postgres" || !DATABASE_URL) return;
  const directory = join(/* turbopackIgnore: true */ DATA_DIR, "mirror");
  const own = holder();
  own.mirror ??= createMirror({ directory, databaseUrl: DATABASE_URL, memory: MIRROR_MEMORY, log: processLog });
  own.mirror.start();
}

/** The mirror of this process; null where none was started. */
export const mirror = (): Mirror | null => holder().mirror;

const POSTGRES_AWAY = "Postgres is unreachable or too slow.";

/** A failure and what it came from, in their own words. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} ${textOf(error.cause)}`;
}

/** What goes wrong with the file or its module, and how it is told. The first that matches counts. */
const PROBLEMS: [pattern: RegExp, reason: string][] = [
  [/Could not set lock|Conflicting lock/i, "Its file is in use by another process. Give each server its own DATA_DIR."],
  [/No space left|disk.*full|ENOSPC/i, "The disk is full."],
  [
    /Cannot find (module|package)|ERR_MODULE_NOT_FOUND|dlopen|GLIBC|invalid ELF/i,
    "DuckDB isn’t installed for this platform.",
  ],
  [/EACCES|EPERM|EROFS|ENOTDIR|permission denied|read-only/i, "Its directory isn’t writable."],
  [/ECONNREFUSED|ECONNRESET|ENOTFOUND|terminat|timeout|starting up|shutting down|Connection/i, POSTGRES_AWAY],
];

/** A failure in one sentence, without paths or secrets. */
export function reasonOf(error: unknown): string {
  const text = textOf(error);
  return PROBLEMS.find(([pattern]) => pattern.test(text))?.[1] ?? "It failed. See the log for details.";
}

/** Whether the mirror itself is well, and Postgres is not. */
const isOfPostgres = (error: unknown): boolean => error instanceof DatabaseError || reasonOf(error) === POSTGRES_AWAY;

/** DuckDB's kinds of errors after which its file is not to be trusted. */
const DAMAGE =
  /^(IO Error|Serialization Error|FATAL Error|INTERNAL Error|Fatal Error|Invalid Input Error: .*(file|database)|Corrupt)|not a valid DuckDB|invalidated|checksum|WAL/i;

/** Whether the file has to be made anew. */
export function isDamaged(error: unknown): boolean {
  const isKnown = PROBLEMS.some(([pattern]) => pattern.test(textOf(error)));
  return !isKnown && DAMAGE.test(textOf(error));
}
