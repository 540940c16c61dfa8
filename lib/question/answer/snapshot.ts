import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { db } from "@/lib/base/db";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import { settledSeq } from "@/lib/click/settled-seq";
import { copyOut, NO_ROWS, type RowText } from "@/lib/engines/copy-out";
import { lastMirrored } from "@/lib/engines/engine";
import { resolvePlan } from "@/lib/question/answer/resolve";
import type { ColumnKey } from "@/lib/question/columns";
import { everyClickSql } from "@/lib/question/every-click-sql";
import { planClicks } from "@/lib/question/plan";
import type { Question } from "@/lib/question/question";

/**
 * `upTo`: every click up to this number is stored, none is in progress. `prunedBefore`: clicks before it are deleted, or being
 * deleted, by their age.
 */
export type Snapshot = { upTo: string; prunedBefore: Date | null };

/** How often it tries to get the lock while writers hold it. */
const TRIES = 3;
const PAUSE_MS = 100;

/** Which clicks are stored. While a writer hangs, it may be fewer than are shown, but never has gaps. */
export async function snapshot(): Promise<Snapshot> {
  const { prunedBefore } = await db().dataset.findFirstOrThrow({ select: { prunedBefore: true } });
  return { upTo: String(await settled()), prunedBefore };
}

/** A name for what is stored that changes when clicks are taken away. */
export async function dataState(): Promise<string> {
  const { identity, generation, prunedBefore } = await db().dataset.findFirstOrThrow();
  return [identity, generation, prunedBefore?.toISOString()].join("/");
}

/**
 * The number up to which every click is stored. While writers keep the lock, it is the mirror's last one.
 *
 * @throws AppError unavailable when that isn't known either
 */
export async function settled(): Promise<bigint> {
  for (let tries = 1; ; tries++) {
    try {
      return await db().$transaction(settledSeq);
    } catch (error) {
      if (tries < TRIES) {
        // Writers that wait behind have their turn.
        await delay(PAUSE_MS);
        continue;
      }
      const mirrored = lastMirrored();
      if (mirrored !== null) return mirrored;
      throw new AppError("unavailable", words.busy, { "Retry-After": "5" }, { cause: error });
    }
  }
}

export const noClicks = (): RowText => NO_ROWS;

/** All clicks of the filters with the columns named, as of one moment, newest first. Whoever asks must close it. */
export async function everyClick(question: Question, { columns }: { columns: readonly ColumnKey[] }): Promise<RowText> {
  const plan = await resolvePlan(planClicks(question));
  return copyOut(everyClickSql({ ...plan, engine: "postgres" }, columns, question.scope));
}
