import { count } from "@/lib/format";
import type { Variation } from "@/lib/question/variation";
import { text } from "@/lib/text/tiles";

/** Whether a difference says anything, and on hover why. */
export function VariationNote({ variation: { usual, margin, weeks } }: { variation: Variation }) {
  const reason = text.variation.reason(weeks, count(margin));
  return (
    <span
      title={reason}
      className={`whitespace-nowrap rounded-md px-1.5 py-0.5 text-xs ${usual ? "bg-raised text-muted" : "bg-warn-soft text-warn"}`}
    >
      {usual ? text.variation.usual : text.variation.unusual}
      <span className="sr-only">{text.variation.spoken(reason)}</span>
    </span>
  );
}
