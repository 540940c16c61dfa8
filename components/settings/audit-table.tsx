import { counted } from "@/components/ui/counted";
import { DataTable, type TableColumn } from "@/components/ui/data-table";
import { Choices } from "@/components/ui/link";
import { PageLinks } from "@/components/ui/pager";
import { ParamSelect } from "@/components/ui/param-select";
import { SearchForm } from "@/components/ui/search-form";
import { ACTIONS } from "@/lib/account/audit/actions";
import type { AuditFilters, AuditRow, AuditSpan } from "@/lib/account/audit/list";
import { moment } from "@/lib/base/format";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withParam } from "@/lib/question/codec/write";

export const AUDIT = "/settings/audit";

const SPAN_WORDS: Record<AuditSpan, string> = { "7d": "7 days", "30d": "30 days", "90d": "90 days", all: "All" };

type FiltersProps = { filters: AuditFilters; params: URLSearchParams };

/** Chooses rows: by span, by action, and by a text. */
export function AuditControls({ filters: { action, span, search }, params }: FiltersProps) {
  const spans = (Object.keys(SPAN_WORDS) as AuditSpan[]).map((name) => ({
    name: SPAN_WORDS[name],
    href: hrefTo(AUDIT, withParam(withParam(params, "before", null), "span", name)),
    isCurrent: span === name,
  }));
  const actions = Object.entries(ACTIONS).map(([value, label]) => ({ value, label }));
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Choices
        label="Range"
        choices={spans}
        className="w-fit max-w-full overflow-x-auto rounded-lg border border-line bg-surface p-0.5"
        linkClass="px-3"
      />
      <ParamSelect
        label="Action"
        name="action"
        value={action ?? ""}
        options={[{ value: "", label: "All actions" }, ...actions]}
        className="max-sm:basis-full"
      />
      <SearchForm
        path={AUDIT}
        kept={withParam(withParam(params, "before", null), "q", null)}
        name="q"
        value={search}
        label="Search by name or address"
        placeholder="Name or address"
      />
    </div>
  );
}

const isTold = (detail: unknown): detail is Record<string, unknown> =>
  typeof detail === "object" && detail !== null && Object.keys(detail).length > 0;

/** Details in one line, such as "scopes: read, export". */
function told(detail: unknown): string | null {
  if (!isTold(detail)) return null;
  const word = (value: unknown): string =>
    Array.isArray(value)
      ? value.map(word).join(", ")
      : isTold(value)
        ? Object.entries(value)
            .map(([name, part]) => `${name} ${word(part)}`)
            .join(" ")
        : String(value);
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${word(value)}`)
    .join(" · ");
}

function columnsOf(zone: string): TableColumn<AuditRow>[] {
  const dash = <span className="text-muted">–</span>;
  return [
    {
      label: "Time",
      width: "w-48",
      cell: ({ at, said, byName, target }) => (
        <>
          <time dateTime={at.toISOString()} className="tabular-nums">
            {moment(at, zone)}
          </time>
          <span className="line-clamp-3 wrap-anywhere text-muted sm:hidden">
            {[said, target, byName].filter(Boolean).join(" · ")}
          </span>
        </>
      ),
    },
    { label: "Action", width: "w-52", wide: true, cell: ({ said }) => said },
    {
      label: "By",
      wide: true,
      cell: ({ by, byName }) => (
        <span className="wrap-anywhere">
          <bdi>{byName}</bdi>
          {by === "key" && <span className="text-muted"> (API key)</span>}
        </span>
      ),
    },
    {
      label: "What",
      wide: true,
      cell: ({ target, detail }) => {
        const more = told(detail);
        if (target === null && more === null) return dash;
        return (
          <span className="line-clamp-3 wrap-anywhere" title={[target, more].filter(Boolean).join("\n")}>
            <bdi>{target}</bdi>
            {more !== null && <span className="text-muted">{target === null ? more : ` · ${more}`}</span>}
          </span>
        );
      },
    },
    {
      label: "From",
      width: "w-44",
      wide: true,
      cell: ({ address, agent }) => (
        <span className="line-clamp-2 wrap-anywhere" title={agent ?? undefined}>
          {address ?? dash}
        </span>
      ),
    },
  ];
}

type Props = { rows: AuditRow[]; older: string | null; params: URLSearchParams; zone: string };

/** A page of the log, latest first. */
export function AuditTable({ rows, older, params, zone }: Props) {
  const href = (before: string | null) => hrefTo(AUDIT, withParam(params, "before", before));
  const isFirst = !params.has("before");
  return (
    <>
      <DataTable caption="Audit log, latest first" columns={columnsOf(zone)} rows={rows} />
      <PageLinks
        words={counted(rows.length, isFirst ? "entry" : "older entry", isFirst ? "entries" : "older entries")}
        before={isFirst ? null : { href: href(null), label: "Latest" }}
        after={older ? { href: href(older), label: "Older" } : null}
      />
    </>
  );
}
