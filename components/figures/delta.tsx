import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react";
import type { View } from "@/components/views/view";
import { count, date } from "@/lib/base/format";
import { change } from "@/lib/base/format-change";
import { numberFormat } from "@/lib/base/locale";
import type { LinkSummary } from "@/lib/click/links";
import type { Filters } from "@/lib/question/question";

/** Whether a link was created in the range, so that earlier clicks can't be missed. */
export const isNew = (link: LinkSummary | null | undefined, { range }: Filters): boolean =>
  Boolean(link?.createdAt && range.from && link.createdAt >= range.from);

/** "No data before 29 Oct 2026" */
export const noDataBefore = ({ firstClick, filters }: View): string =>
  firstClick ? `No data before ${date(firstClick, filters.zone)}` : "No data yet";

type Props = { now: number; before: number; isNew?: boolean; quiet?: boolean; muted?: boolean };

/** Differences of more standard deviations are not chance (99 %), if clicks are independent. */
const SIGNIFICANT = 2.6;

/** The change from the comparison. `quiet`: for rows, without arrow, coloured if significant; `muted`: never coloured. */
export function Delta({ now, before, isNew = false, quiet = false, muted = false }: Props) {
  const difference = isNew && before === 0 && now > 0 ? "new" : change(now, before, numberFormat);
  const spoken = <span className="sr-only">{`, before ${count(before)}`}</span>;
  if (quiet) {
    const isLarge = !muted && Math.abs(now - before) > SIGNIFICANT * Math.sqrt(now + before);
    const tone = isLarge ? (now > before ? "text-accent-strong" : "text-danger") : "text-muted";
    return (
      <span title={`Before: ${count(before)}`} className={`${tone} tabular-nums`}>
        {difference}
        {spoken}
      </span>
    );
  }
  const Icon = now === before ? ArrowRight : now > before ? ArrowUpRight : ArrowDownRight;
  const tone = muted || now === before ? "text-muted" : now > before ? "text-accent-strong" : "text-danger";
  return (
    <span className={`inline-flex items-center gap-0.5 font-medium tabular-nums ${tone}`}>
      <Icon aria-hidden className="size-4" />
      {difference}
    </span>
  );
}
