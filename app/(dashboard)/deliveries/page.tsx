import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { hrefTo, toParams } from "@/components/dashboard/view";
import { Badge, type Tone } from "@/components/ui/badge";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Pager, pageCount } from "@/components/ui/pager";
import { requireViewer } from "@/lib/access/session";
import { moment } from "@/lib/format-date";
import { withParam } from "@/lib/query/address";
import { answerLedger } from "@/lib/query/ledger";
import { filtersFromParams } from "@/lib/query/search-params";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };
type Row = Awaited<ReturnType<typeof answerLedger>>["rows"][number];

export const metadata: Metadata = { title: "Deliveries" };

const PAGE_SIZE = 100;

const OUTCOMES: { outcome: string | null; label: string; tone: Tone }[] = [
  { outcome: null, label: "All", tone: "plain" },
  { outcome: "duplicate", label: "Duplicate", tone: "plain" },
  { outcome: "test", label: "Test", tone: "good" },
  { outcome: "ignored", label: "Not a click", tone: "plain" },
  { outcome: "quarantined", label: "Quarantined", tone: "danger" },
];

const known = (outcome: string) => OUTCOMES.find((entry) => entry.outcome === outcome);

export default async function Deliveries({ searchParams }: Props) {
  const params = toParams(await searchParams);
  const { zone } = filtersFromParams(params, new Date());
  const outcome = OUTCOMES.find((entry) => entry.outcome === params.get("outcome"))?.outcome ?? null;
  const page = Math.max(1, Math.trunc(Number(params.get("page"))) || 1);
  const ledger = await answerLedger(await requireViewer(), {
    page,
    pageSize: PAGE_SIZE,
    ...(outcome ? { outcome } : {}),
  });
  const last = pageCount(ledger.total, PAGE_SIZE);
  if (page > last) redirect(hrefTo("/deliveries", withParam(params, "page", String(last))));
  const columns: Column<Row>[] = [
    {
      key: "received",
      label: "Received",
      width: "w-32 sm:w-48",
      cell: (row) => <time dateTime={row.receivedAt.toISOString()}>{moment(row.receivedAt, zone)}</time>,
    },
    {
      key: "outcome",
      label: "Outcome",
      width: "md:w-36",
      cell: (row) => (
        <div className="grid justify-items-start gap-1">
          <Badge tone={known(row.outcome)?.tone ?? "plain"}>{known(row.outcome)?.label ?? row.outcome}</Badge>
          <span className="text-muted md:hidden">{row.reason}</span>
        </div>
      ),
    },
    {
      key: "reason",
      label: "Reason",
      wide: true,
      cell: (row) => (
        <span className="block break-words" title={row.reason}>
          {row.reason}
        </span>
      ),
    },
    {
      key: "event",
      label: "Event",
      width: "w-36",
      wide: true,
      cell: (row) => <code className="block truncate font-mono text-xs">{row.event ?? "–"}</code>,
    },
    {
      key: "link",
      label: "Link",
      width: "w-44",
      wide: true,
      cell: (row) => (
        <code className="block truncate font-mono text-muted text-xs" title={row.linkId ?? ""}>
          {row.linkId ?? "–"}
        </code>
      ),
    },
  ];
  return (
    <div className="grid grid-cols-1 gap-4">
      <div>
        <h1 className="font-semibold text-2xl tracking-tight">Deliveries that were not counted</h1>
        <p className="mt-1 max-w-2xl text-muted">
          Every authentic delivery becomes one click or stands here with the reason. Quarantined ones are kept whole.
          Times are {zone.replaceAll("_", " ")}.
        </p>
      </div>
      <nav
        aria-label="Outcome"
        className="flex w-fit max-w-full overflow-x-auto rounded-lg border border-line bg-surface p-0.5"
      >
        {OUTCOMES.map((entry) => (
          <Link
            key={entry.label}
            href={hrefTo("/deliveries", withParam(params, "outcome", entry.outcome))}
            prefetch={false}
            aria-current={entry.outcome === outcome ? "true" : undefined}
            className="grid h-8 place-items-center whitespace-nowrap rounded-md px-3 text-muted hover:text-ink aria-[current=true]:bg-raised aria-[current=true]:font-medium aria-[current=true]:text-ink"
          >
            {entry.label}
          </Link>
        ))}
      </nav>
      {ledger.rows.length > 0 ? (
        <DataTable caption="Deliveries that were not counted, newest first" columns={columns} rows={ledger.rows} />
      ) : (
        <p className="rounded-2xl border border-line bg-surface px-6 py-16 text-center text-muted">
          {outcome ? "No delivery of this kind so far." : "Nothing here: every delivery so far was counted."}
        </p>
      )}
      {ledger.total > 0 && (
        <Pager
          page={page}
          pageSize={PAGE_SIZE}
          total={ledger.total}
          noun="deliveries"
          hrefOf={(to) => hrefTo("/deliveries", withParam(params, "page", String(to)))}
        />
      )}
    </div>
  );
}
