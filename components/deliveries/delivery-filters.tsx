import { X } from "lucide-react";
import { ProblemChips } from "@/components/filters/filter-controls";
import { Choices, Link } from "@/components/ui/link";
import { SearchForm } from "@/components/ui/search-form";
import { count } from "@/lib/base/format";
import { type ListFilters, OUTCOMES, type Outcome, SPAN_NAMES, type SpanName } from "@/lib/deliveries/list/filters";
import type { History } from "@/lib/deliveries/list/history";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withParam } from "@/lib/question/codec/write";
import { OUTCOME_WORDS } from "./outcome-words";

const SPAN_WORDS: Record<SpanName, string> = { "24h": "24 hours", "7d": "7 days", "30d": "30 days", "90d": "90 days" };

export function SpanNav({ span, params }: { span: SpanName | null; params: URLSearchParams }) {
  const choices = [...SPAN_NAMES, "all" as const].map((name) => ({
    name: name === "all" ? "All" : SPAN_WORDS[name],
    href: hrefTo("/deliveries", withParam(params, "span", name)),
    isCurrent: (span ?? "all") === name,
  }));
  const look = "w-fit max-w-full overflow-x-auto rounded-lg border border-line bg-surface p-0.5";
  return <Choices label="Range" choices={choices} className={look} linkClass="px-3" />;
}

type Props = { history: History; chosen: Outcome | null; params: URLSearchParams };

/** The outcomes with their counts: legend of the chart, and filter of the list. */
export function OutcomeNav({ history, chosen, params }: Props) {
  return (
    <nav aria-label="Outcome" className="-mx-1 flex flex-wrap gap-1">
      {([null, ...OUTCOMES] as const).map((outcome) => {
        const words = outcome && OUTCOME_WORDS[outcome];
        return (
          <Link
            key={outcome}
            href={hrefTo("/deliveries", withParam(params, "outcome", outcome))}
            scroll={false}
            title={words?.meaning}
            aria-current={chosen === outcome ? "true" : undefined}
            className="flex min-h-11 items-center gap-2 whitespace-nowrap rounded-lg border border-transparent px-3 py-1.5 hover:bg-raised aria-[current=true]:border-line aria-[current=true]:bg-raised"
          >
            {words && <span aria-hidden className={`size-2.5 rounded-sm ${words.swatch}`} />}
            <span>{words?.label ?? "All"}</span>
            <span className="font-medium tabular-nums">
              {count(outcome ? history.totals[outcome] : history.deliveries)}
            </span>
          </Link>
        );
      })}
      <p
        className="flex min-h-11 items-center gap-2 px-3 text-muted"
        title="Requests without a valid signature, too large, or sent while Footfall couldn’t store them. Only their number is kept."
      >
        <span>Rejected</span>
        <span className={`font-medium tabular-nums ${history.refused > 0 ? "text-danger" : ""}`}>
          {count(history.refused)}
        </span>
      </p>
    </nav>
  );
}

type DeliveryChipsProps = { filters: ListFilters; params: URLSearchParams; secretName: (id: number) => string };

/** Active filters of the list, and a search by ids. */
export function DeliveryChips({ filters, params, secretName }: DeliveryChipsProps) {
  const { reason, type, linkId, secretId } = filters;
  const chips = [
    { param: "reason", label: "Reason", value: reason },
    { param: "type", label: "Event", value: type },
    { param: "link", label: "Link", value: linkId },
    { param: "secret", label: "Secret", value: secretId === null ? null : secretName(secretId) },
  ].filter(({ value }) => value !== null);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchForm
        path="/deliveries"
        kept={withParam(params, "id", null)}
        name="id"
        value={filters.id}
        label="Search by event id or click id"
        placeholder="Event id or click id"
      />
      {chips.map(({ param, label, value }) => (
        <Link
          key={param}
          href={hrefTo("/deliveries", withParam(params, param, null))}
          scroll={false}
          aria-label={`Remove filter ${label} ${value}`}
          className="flex h-9 min-w-0 max-w-full items-center gap-1.5 rounded-lg border border-line bg-surface pr-2 pl-3 hover:bg-raised"
        >
          <span className="text-muted">{label}</span>
          <span className="truncate">{value}</span>
          <X aria-hidden className="size-4 shrink-0 text-muted" />
        </Link>
      ))}
      {filters.problems.length > 0 && (
        <ul aria-label="Invalid filters" className="contents">
          <ProblemChips path="/deliveries" params={params} problems={filters.problems} />
        </ul>
      )}
    </div>
  );
}
