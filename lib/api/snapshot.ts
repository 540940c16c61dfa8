import "server-only";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import { answer } from "@/lib/question/answer";
import { type Filters, question, type Scope } from "@/lib/question/question";

/** The filters of an export about one state of the clicks. */
export type Fixed = {
  filters: Filters & { upTo: string };
  /** What the response says of it, so that the same can be asked for again. */
  headers: Record<string, string>;
  /** @throws AppError unavailable when clicks were deleted meanwhile, so that what was read may not fit together */
  assertSame: () => Promise<void>;
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
  const ask = () => answer(question(scope, { kind: "snapshot" }));
  const stored = await ask();
  // Clicks after the last settled one may still come in between.
  const last = upTo !== null && BigInt(upTo) < BigInt(stored.upTo) ? String(BigInt(upTo)) : stored.upTo;
  return {
    filters: { ...filters, upTo: last },
    headers: { "X-Footfall-Up-To": last },
    async assertSame() {
      if ((await ask()).data !== stored.data) throw new AppError("unavailable", words.exports.changed);
    },
  };
}
