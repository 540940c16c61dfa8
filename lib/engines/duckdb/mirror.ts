import "server-only";
import { awaySince, unlessAway } from "@/lib/base/outage";
import { isAwayNow, isUnreachable } from "@/lib/base/reach";
import type { Counted, Selection, Slots } from "@/lib/click/selection";
import { coalesce } from "@/lib/engines/coalesce";
import { createCache } from "@/lib/engines/duckdb/cache";
import { type Copy, isOf, OldShape, openCopy } from "@/lib/engines/duckdb/copy";
import { countedKey, createCounts } from "@/lib/engines/duckdb/counts";
import { plainSlotsSql, slotsSql } from "@/lib/engines/duckdb/counts-sql";
import { fillCopy, type Log } from "@/lib/engines/duckdb/fill";
import { createSelfCheck } from "@/lib/engines/duckdb/self-check";
import { createSource } from "@/lib/engines/duckdb/source";
import { TookTooLong } from "@/lib/engines/too-long";
import type { Prisma } from "@/lib/generated/prisma/client";
import { isDamaged, isInterrupted, isOfPostgres, type MirrorRow, reasonOf, removeDuckDb, type Value } from "./database";

/** A larger backlog isn't copied while a question waits. */
const CATCH_UP_CLICKS = 50_000n;
/** After a failure, Postgres answers for this long. */
const RETRY_MS = 30_000;
/** How often a query tries to get the lock while writers hold it. */
const LOCK_TRIES = 2;
/** After a question timed out on the lock, Postgres answers for this long, doubled after each further one. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** DuckDB's row group size. */
const ROW_GROUP = 122_880;
/**
 * Clicks per step of a fill, and how many are settled together: limits the file between the databases (about 60 MB), the
 * memory that a step takes, and the work repeated after a crash. Most links' clicks are in one of a step's row groups.
 */
const STEP = 2 * ROW_GROUP;
const GATHER_MS = 20;

export type MirrorStatus = {
  /** It answers only while `current`; otherwise Postgres does. */
  state: "filling" | "current" | "unavailable";
  clicks: number;
  /** Progress of the fill, 0 to 1. */
  progress: number | null;
  /** Why it is unavailable. */
  reason: string | null;
  /** Whether an answer from counts was wrong: since then only plain statements are used. */
  hasDiffered: boolean;
  /** When it last knew that it had every click. */
  asOf: Date | null;
};

export type MirrorOptions = {
  /** Its own directory, which is deleted when unusable. */
  directory: string;
  databaseUrl: string;
  /** Bytes. */
  memory: number;
  /** Clicks per step of a fill, and recent clicks that are settled together. */
  step?: number;
  /** One in how many answers from counts is checked, and how long after it. */
  check?: { oneIn: number; pauseMs: number };
  /** Limit of a read. */
  readMs?: number;
  /** How long a pass waits for other questions about the same clicks; by default less than it takes. */
  gatherMs?: number;
  log: Log;
};
export type Mirror = ReturnType<typeof createMirror>;

/** A copy of Postgres' clicks, current at every question. It is a cache: whatever goes wrong, Postgres answers. */
export function createMirror(options: MirrorOptions) {
  const { directory, databaseUrl, memory, step = STEP, check, readMs, gatherMs = GATHER_MS, log } = options;
  const source = createSource(databaseUrl, (error) => log.warn({ err: error }, "mirror: connection lost"));
  const remember = createCache<MirrorRow[]>();
  let status: Omit<MirrorStatus, "hasDiffered" | "asOf"> = { state: "filling", clicks: 0, progress: 0, reason: null };
  let hasDiffered = false;
  let asOf: Date | null = null;
  const askCounts = createCounts(gatherMs);
  let copy: Copy | null = null;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;
  /** A fill settles clicks too, so it waits for this. */
  let settling: Promise<void> | undefined;

  /** Opens the file; an unreadable or outdated one is rebuilt. */
  async function open(): Promise<Copy> {
    try {
      return await openCopy(directory, memory, step, readMs);
    } catch (error) {
      if (!(error instanceof OldShape) && !isDamaged(error)) throw error;
      log.warn({ err: error }, "mirror: file unusable, rebuilding it");
      await removeDuckDb(directory);
      return openCopy(directory, memory, step, readMs);
    }
  }

  async function fill(): Promise<void> {
    try {
      await settling;
      copy ??= await open();
      const clicks = await fillCopy(copy, {
        ...{ source, step, log },
        isStopped: () => closed,
        onProgress(clicks, progress) {
          status = { state: "filling", clicks, progress, reason: null };
        },
      });
      if (!closed) status = { state: "current", clicks, progress: null, reason: null };
    } catch (error) {
      await giveUp(error);
    }
  }

  /** Leaves answers to Postgres, and retries later. */
  async function giveUp(error: unknown): Promise<void> {
    if (closed) return;
    const reason = reasonOf(error);
    // Once per reason: the same failure of a retry isn't news.
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

  let hasFailed = false;

  /** Postgres' position. A connection that the server has closed fails once. */
  const positionOf = (last: bigint) =>
    source.position(last).catch((error: unknown) => {
      if (isUnreachable(error)) return source.position(last);
      throw error;
    });

  /**
   * Catches up with Postgres; while that is unreachable, the clicks up to then answer.
   *
   * @returns the version of the data, or null when Postgres must answer
   */
  const advance = coalesce(async (): Promise<string | null> => {
    const current = copy;
    if (!current || status.state !== "current") return null;
    // Nobody waits for a host that doesn't answer.
    if (awaySince() && asOf) return current.version();
    try {
      const { last } = current.state();
      const begun = new Date();
      const position = await unlessAway(positionOf(last));
      hasFailed = false;
      if (!isOf(current.state(), position) || position.newest - last > CATCH_UP_CLICKS) {
        asOf = null;
        status = { state: "filling", clicks: status.clicks, progress: 0, reason: null };
        start();
        return null;
      }
      if (position.newest > last && !(await catchUp(current))) return null;
      if (await current.prune(position.pruned)) status = { ...status, clicks: await current.count() };
      asOf = begun;
      return current.version();
    } catch (error) {
      if (!isOfPostgres(error)) await giveUp(error);
      // Once per outage.
      else if (!hasFailed) log.warn({ err: error }, "mirror: query for Postgres’s newest click failed");
      hasFailed = isOfPostgres(error);
      if (!isUnreachable(error)) return null;
      const isLast = (await isAwayNow(error)) && asOf !== null && current === copy;
      return isLast ? current.version() : null;
    }
  });

  let pause = { ms: FIRST_PAUSE_MS, until: Number.NEGATIVE_INFINITY };

  /** A hanging writer keeps the lock: waiting for it repeatedly would block all other writers. */
  async function catchUp(of: Copy): Promise<boolean> {
    if (performance.now() < pause.until) return false;
    for (let tries = 0; tries < LOCK_TRIES; tries++) {
      const place = await source.gapFreePosition();
      if (!place) continue;
      if (place.last > of.state().last) {
        const batch = await of.fetch(source, of.state().last, place);
        status = { ...status, clicks: status.clicks + (await of.append(batch)) };
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
    await selfCheck.stop();
    await filling;
    await closeCopy();
    await source.close();
  }

  const selfCheck = createSelfCheck({
    ...check,
    isCurrent: async (version) => (await advance()) === version,
    onDifference(details) {
      hasDiffered = true;
      log.error(details, "mirror: an answer from counts differs from the plain statement, which is used from now on");
    },
    onFailure: (error) => log.warn({ err: error }, "mirror: an answer couldn’t be checked"),
  });

  /** Rows that `work` reads, of the current data; null when Postgres must answer. `question` is what they depend on. */
  async function answer<Row extends MirrorRow>(
    question: readonly unknown[],
    once: boolean,
    work: (copy: Copy, version: string) => Promise<Row[]>,
  ): Promise<Row[] | null> {
    const version = await advance();
    const current = copy;
    if (version === null || !current) return null;
    const { fingerprint } = current.state();
    try {
      const read = () => work(current, version);
      // The question says what kind of rows these are.
      const rows = (await (once ? read() : remember(version, question, read))) as Row[];
      // The copy may have been emptied meanwhile.
      return current === copy && current.state().fingerprint === fingerprint ? rows : null;
    } catch (error) {
      // Postgres would take longer.
      if (isInterrupted(error)) throw new TookTooLong(error);
      log.error({ err: error }, "mirror: query failed, Postgres answers it");
      if (isDamaged(error)) await giveUp(error);
      return null;
    }
  }

  const ask = (sql: string, values: readonly Value[], once = false): Promise<MirrorRow[] | null> =>
    answer([sql, ...values], once, (current) => current.read(sql, values));

  return {
    /** Starts filling; until it is done Postgres answers. */
    start,

    /**
     * Catches up without a question, so that the first one of the morning doesn't wait for the night's clicks, and settles
     * recent clicks.
     */
    async keepUp(): Promise<void> {
      if ((await advance()) === null || !copy) return;
      settling = copy
        .settle()
        .catch((error: unknown) => log.warn({ err: error }, "mirror: recent clicks couldn’t be settled"));
      await settling;
    },

    /** Rows of one statement, including every click committed before, or null. With `once` the answer isn't cached. */
    ask,

    /** The same of a question that only counts. `plain`: the statement that must give the same rows. */
    askCounts(counted: Counted, plain: Prisma.Sql, once = false): Promise<MirrorRow[] | null> {
      return answer(countedKey(counted), once, async (current, version) => {
        const readPlain = () => current.read(plain.text, plain.values as Value[]);
        try {
          const rows = await askCounts(version, counted, current.readLate);
          selfCheck.note(version, rows, plain, readPlain);
          return rows;
        } catch (error) {
          if (isInterrupted(error)) throw error;
          log.warn({ err: error }, "mirror: counting together failed, the plain statement answers");
          return readPlain();
        }
      });
    },

    /** Clicks of a selection by slot, or null. They are shared: don't change them. */
    askSlots(selection: Selection, once = false): Promise<Slots | null> {
      const { text, values } = slotsSql(selection);
      const sql = `select slot, cast(sum(clicks) as integer) as clicks from (${text}) as counted group by slot`;
      return answer([sql, ...values], once, async (current, version) => {
        const { slot = [], clicks = [] } = await current.readColumns(sql, values as Value[]);
        const slots = slot.map((number, at) => ({ slot: Number(number), clicks: Number(clicks[at]) }));
        const plain = plainSlotsSql(selection);
        selfCheck.note(version, slots, plain, () => current.read(plain.text, plain.values as Value[]));
        return slots;
      });
    },

    status: (): MirrorStatus => ({ ...status, hasDiffered, asOf }),

    /** Number of its last click; null while it doesn't answer. */
    last: (): bigint | null => (status.state === "current" && copy ? copy.state().last : null),

    /** Closes the file and connections; Postgres answers the rest. */
    close(): Promise<void> {
      closing ??= end();
      return closing;
    },
  };
}
