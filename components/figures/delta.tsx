import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react";
import { count } from "@/lib/base/format";
import { change } from "@/lib/base/format-change";
import { numberFormat } from "@/lib/base/locale";

type Props = { now: number; before: number; quiet?: boolean; muted?: boolean };

/** The change from the comparison. `quiet`: for rows, without arrow and colour; `muted`: without colour. */
export function Delta({ now, before, quiet = false, muted = false }: Props) {
  const difference = change(now, before, numberFormat);
  const spoken = <span className="sr-only">{`, before ${count(before)}`}</span>;
  if (quiet) {
    return (
      <span title={`Before: ${count(before)}`} className="text-muted tabular-nums">
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
