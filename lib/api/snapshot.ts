import "server-only";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import { answer } from "@/lib/question/answer";
import { type Filters, question, type Scope } from "@/lib/question/question";

/** The filters of an export about one state of the clicks. */
export type Fixed = {
  filters: Filters & { upTo: string };
  /** Clicks before it are being deleted: some engines still have them. */
  prunedBefore: Date | null;
  /** What the response says of it, so that the same can be asked for again. */
  headers: Record<string, string>;
};

/** Longer numbers can't be a click's. */
const NUMBER = /^\d{1,18}$/;

/**
 * Fixes filters to the clicks that are stored by now, or to those up to a number from an earlier export.
 *
 * @throws AppError unprocessable_entity when that is no number
 */
export async function fixed(scope: Scope, filters: Filters, upTo: string | null): Promise<Fixed> {
  if (upTo !== null && !NUMBER.test(upTo)) throw new AppError("unprocessable_entity", `upTo: ${words.exports.upTo}`);
  const stored = await answer(question(scope, { kind: "snapshot" }));
  // Clicks after the last settled one may still come in between.
  const last = upTo !== null && BigInt(upTo) < BigInt(stored.upTo) ? String(BigInt(upTo)) : stored.upTo;
  return {
    filters: { ...filters, upTo: last },
    prunedBefore: stored.prunedBefore,
    headers: { "X-Footfall-Up-To": last },
  };
}

/**
 * Looks at what is stored, before several questions about it.
 *
 * @returns throws AppError unavailable when clicks were deleted since, so that the answers may not fit together
 */
export async function watchData(scope: Scope): Promise<() => Promise<void>> {
  const ask = () => answer(question(scope, { kind: "dataState" }));
  const before = await ask();
  return async () => {
    if ((await ask()) !== before) throw new AppError("unavailable", words.exports.changed);
  };
}
