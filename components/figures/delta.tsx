import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react";
import type { View } from "@/components/views/view";
import { count, date } from "@/lib/base/format";
import { change } from "@/lib/base/format-change";
import { numberFormat } from "@/lib/base/locale";
import type { LinkSummary } from "@/lib/click/links";
import type { Filters } from "@/lib/question/question";
import type { Variation } from "@/lib/question/variation";
import { type Change, QuietChange, toneLook } from "./change";

/** Whether a link was created in the range, so that earlier clicks can't be missed. */
export const isNew = (link: LinkSummary | null | undefined, { range }: Filters): boolean =>
  Boolean(link?.createdAt && range.from && link.createdAt >= range.from);

/** "No data before 29 Oct 2026" */
export const noDataBefore = ({ firstClick, filters }: View): string =>
  firstClick ? `No data before ${date(firstClick, filters.zone)}` : "No data yet";

/** Whether the comparison's dates were chosen freely: with another length, a difference says nothing. */
export const isUneven = ({ comparison }: Filters): boolean => comparison?.kind === "custom";

/** Differences of more standard deviations are not chance (99%), if what is counted is independent. */
const SIGNIFICANT = 2.6;

const isChance = (now: number, before: number): boolean =>
  Math.abs(now - before) <= SIGNIFICANT * Math.sqrt(now + before);

type Compared = {
  now: number;
  before: number;
  isNew?: boolean;
  /** Never coloured. */
  muted?: boolean;
  /** What is known of the normal difference; otherwise the two numbers decide. */
  variation?: Variation | null;
};

/** The change from the comparison; `tone` says whether it is more than chance. */
export function changeOf({ now, before, isNew = false, muted = false, variation = null }: Compared): Change {
  const isNormal = muted || (variation?.usual ?? isChance(now, before));
  return {
    words: isNew && before === 0 && now > 0 ? "new" : change(now, before, numberFormat),
    before: count(before),
    tone: isNormal ? "same" : now > before ? "more" : "less",
  };
}

/** The change from the comparison, coloured if it is more than chance. `quiet`: for rows. */
export function Delta({ quiet = false, ...compared }: Compared & { quiet?: boolean }) {
  const { now, before } = compared;
  const found = changeOf(compared);
  if (quiet) return <QuietChange change={found} />;
  const Icon = now === before ? ArrowRight : now > before ? ArrowUpRight : ArrowDownRight;
  return (
    <span className={`inline-flex items-center gap-0.5 font-medium tabular-nums ${toneLook(found.tone)}`}>
      <Icon aria-hidden className="size-4" />
      {found.words}
    </span>
  );
}
