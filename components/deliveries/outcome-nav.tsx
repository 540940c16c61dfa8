import Link from "next/link";
import { hrefTo } from "@/components/dashboard/view";
import { count } from "@/lib/format";
import { OUTCOMES, type Outcome } from "@/lib/ledger/filters";
import type { History } from "@/lib/ledger/history";
import { withParam } from "@/lib/question/codec/write";
import { text } from "@/lib/text/deliveries";
import { OUTCOME_WORDS } from "./outcome-words";

const LOOK =
  "flex min-h-11 items-center gap-2 whitespace-nowrap rounded-lg border border-transparent px-3 py-1.5 hover:bg-raised aria-[current=true]:border-line aria-[current=true]:bg-raised";

/** The outcomes with how many there are of each in the span: the chart's legend, and the list's filter. */
export function OutcomeNav({
  history,
  chosen,
  params,
}: {
  history: History;
  chosen: Outcome | null;
  params: URLSearchParams;
}) {
  return (
    <nav aria-label={text.fields.outcome} className="-mx-1 flex flex-wrap gap-1">
      <Link
        href={hrefTo("/deliveries", withParam(params, "outcome", null))}
        prefetch={false}
        scroll={false}
        aria-current={chosen === null ? "true" : undefined}
        className={LOOK}
      >
        <span>{text.all}</span>
        <span className="font-medium tabular-nums">{count(history.deliveries)}</span>
      </Link>
      {OUTCOMES.map((outcome) => {
        const { label, swatch, meaning } = OUTCOME_WORDS[outcome];
        return (
          <Link
            key={outcome}
            href={hrefTo("/deliveries", withParam(params, "outcome", outcome))}
            prefetch={false}
            scroll={false}
            title={meaning}
            aria-current={chosen === outcome ? "true" : undefined}
            className={LOOK}
          >
            <span aria-hidden className={`size-2.5 rounded-sm ${swatch}`} />
            <span>{label}</span>
            <span className="font-medium tabular-nums">{count(history.totals[outcome])}</span>
          </Link>
        );
      })}
      <p className="flex min-h-11 items-center gap-2 px-3 text-muted" title={text.whatIsRefused}>
        <span>{text.refused}</span>
        <span className={`font-medium tabular-nums ${history.refused > 0 ? "text-danger" : ""}`}>
          {count(history.refused)}
        </span>
      </p>
    </nav>
  );
}
