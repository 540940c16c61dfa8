import { X } from "lucide-react";
import Link from "next/link";
import { ProblemChips } from "@/components/dashboard/problem-chips";
import { hrefTo } from "@/components/dashboard/view";
import { SearchForm } from "@/components/ui/search-form";
import type { LedgerFilters } from "@/lib/ledger/filters";
import { withParam } from "@/lib/question/codec/write";
import { text } from "@/lib/text/deliveries";

type Chip = { param: string; label: string; value: string };

function chipsOf({ reason, type, linkId, secretId }: LedgerFilters, secretName: (id: number) => string): Chip[] {
  const chips = [
    { param: "reason", label: text.fields.reason, value: reason },
    { param: "type", label: text.fields.event, value: type },
    { param: "link", label: text.fields.link, value: linkId },
    { param: "secret", label: text.fields.secret, value: secretId === null ? null : secretName(secretId) },
  ];
  return chips.flatMap(({ value, ...chip }) => (value === null ? [] : { ...chip, value }));
}

/** What the list is restricted to, and a search by the ids that a sender knows. */
export function LedgerChips({
  filters,
  params,
  secretName,
}: {
  filters: LedgerFilters;
  params: URLSearchParams;
  secretName: (id: number) => string;
}) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchForm
        path="/deliveries"
        kept={withParam(params, "id", null)}
        name="id"
        value={filters.id}
        label={text.list.search}
        placeholder={text.list.searchExample}
      />
      {chipsOf(filters, secretName).map(({ param, label, value }) => (
        <Link
          key={param}
          href={hrefTo("/deliveries", withParam(params, param, null))}
          prefetch={false}
          scroll={false}
          aria-label={text.list.removeFilter(label, value)}
          className="flex h-9 min-w-0 max-w-full items-center gap-1.5 rounded-lg border border-line bg-surface pr-2 pl-3 hover:bg-raised"
        >
          <span className="text-muted">{label}</span>
          <span className="truncate">{value}</span>
          <X aria-hidden className="size-4 shrink-0 text-muted" />
        </Link>
      ))}
      {filters.problems.length > 0 && (
        <ul aria-label={text.notUnderstoodParts} className="contents">
          <ProblemChips path="/deliveries" params={params} problems={filters.problems} />
        </ul>
      )}
    </div>
  );
}
