import { count } from "@/lib/format";
import type { Variation } from "@/lib/query/variation";

/** Whether a difference says anything, and on hover why. */
export function VariationNote({ variation: { usual, margin, weeks } }: { variation: Variation }) {
  const reason = `In the ${weeks} weeks before, the same weekdays differed so much that up to ${count(margin)} clicks more or less are usual, in 19 of 20 cases.`;
  return (
    <span
      title={reason}
      className={`whitespace-nowrap rounded-md px-1.5 py-0.5 text-xs ${usual ? "bg-raised text-muted" : "bg-warn-soft text-warn"}`}
    >
      {usual ? "within normal variation" : "unusual"}
      <span className="sr-only">. {reason}</span>
    </span>
  );
}
