import type { MirrorRow } from "@/lib/engines/duckdb/database";

/** An answer from counts is checked now and then: the first, and then one in as many. */
const ONE_IN = 200;
/** Later, when the page that asked has its other answers. */
const PAUSE_MS = 2_000;

/** Rows as text in one order: statements without an order return them in any. */
const sorted = (rows: readonly MirrorRow[]): string =>
  rows
    .map((row) => JSON.stringify(row))
    .sort()
    .join("\n");

type Options = {
  /** Whether the data is still that of a version. */
  isCurrent: (version: string) => Promise<boolean>;
  /** An answer differs from the plain statement's. */
  onDifference: (details: { sql: string; values: readonly unknown[] }) => void;
  onFailure: (error: unknown) => void;
  oneIn?: number;
  pauseMs?: number;
};

/** Compares a sample of answers from counts with those of the plain statements, one at a time. */
export function createSelfCheck({ isCurrent, onDifference, onFailure, oneIn = ONE_IN, pauseMs = PAUSE_MS }: Options) {
  let answers = 0;
  let isDue = false;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();

  async function compare(
    version: string,
    given: readonly MirrorRow[],
    plain: { text: string; values: readonly unknown[] },
    read: () => Promise<MirrorRow[]>,
  ): Promise<void> {
    if (!(await isCurrent(version))) return;
    const rows = await read();
    const isSame = sorted(rows) === sorted(given);
    // A click may have come between them.
    if (!isSame && !(await isCurrent(version))) return;
    isDue = false;
    if (!isSame) onDifference({ sql: plain.text, values: plain.values });
  }

  return {
    /** Tells of an answer, which may be checked soon. */
    note(...answer: Parameters<typeof compare>): void {
      isDue ||= answers % oneIn === 0;
      answers += 1;
      // Until a comparison succeeds: on a busy site clicks come between most of them.
      if (timer || !isDue) return;
      timer = setTimeout(() => {
        timer = null;
        running = compare(...answer).catch(onFailure);
      }, pauseMs).unref();
    },
    /** Waits for a running comparison; no other one begins. */
    async stop(): Promise<void> {
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}
