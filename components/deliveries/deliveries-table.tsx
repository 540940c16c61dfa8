import { ChevronRight } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { DataTable, type TableColumn } from "@/components/ui/data-table";
import { Link } from "@/components/ui/link";
import { PAGE_LINK } from "@/components/ui/pager";
import { count, duration, moment } from "@/lib/base/format";
import type { ListedDelivery } from "@/lib/deliveries/list/rows";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withParam } from "@/lib/question/codec/write";
import { outcomeWords } from "./outcome-words";

/** URL of a row's details: the click's panel if it became one. */
function detailHref({ id }: ListedDelivery, params: URLSearchParams): string {
  if (id.startsWith("c")) return hrefTo("/events", new URLSearchParams({ interval: "all", click: id.slice(1) }));
  const next = new URLSearchParams(params);
  next.set("delivery", id);
  return hrefTo("/deliveries", next);
}

/** Duration from the click to its receipt; null without a time of the click. */
export const onTheWay = ({ clickedAt, receivedAt }: Pick<ListedDelivery, "clickedAt" | "receivedAt">): string | null =>
  clickedAt && duration(receivedAt.getTime() - clickedAt.getTime());

type Props = {
  rows: ListedDelivery[];
  params: URLSearchParams;
  zone: string;
  linkName: (id: string) => string;
  secretName: (id: number) => string;
};

/** The list of deliveries, each with a link to its details. */
export function DeliveriesTable({ rows, params, zone, linkName, secretName }: Props) {
  const columns: TableColumn<ListedDelivery>[] = [
    {
      label: "Received",
      width: "w-36 sm:w-48",
      cell: (row) => (
        <Link
          href={detailHref(row, params)}
          scroll={false}
          className="rounded font-medium hover:text-accent hover:underline"
        >
          <time dateTime={row.receivedAt.toISOString()}>{moment(row.receivedAt, zone)}</time>
        </Link>
      ),
    },
    {
      label: "Outcome",
      width: "md:w-32",
      cell: (row) => (
        <div className="grid justify-items-start gap-1">
          <Badge tone={outcomeWords(row.outcome).tone}>{outcomeWords(row.outcome).label}</Badge>
          {row.outcome !== "counted" && <span className="break-words text-muted md:hidden">{row.reason}</span>}
        </div>
      ),
    },
    {
      label: "Reason",
      wide: true,
      cell: (row) =>
        row.outcome === "counted" ? (
          <span className="text-muted">–</span>
        ) : (
          <span className="line-clamp-2 break-words" title={row.reason}>
            {row.reason}
          </span>
        ),
    },
    {
      label: "Event",
      width: "w-32",
      wide: true,
      cell: (row) => <span className="block truncate text-muted">{row.event ?? "–"}</span>,
    },
    {
      label: "Link",
      width: "w-44",
      wide: true,
      cell: (row) => (
        <span className="block truncate" title={row.linkId ?? ""}>
          {row.linkId === null ? "–" : linkName(row.linkId)}
        </span>
      ),
    },
    { label: "Delay", width: "w-28", wide: true, numeric: true, cell: (row) => onTheWay(row) ?? "–" },
    {
      label: "Secret",
      width: "w-36 max-lg:hidden",
      wide: true,
      cell: (row) => (
        <span className="block truncate text-muted max-lg:hidden">
          {row.secretId === null ? "–" : secretName(row.secretId)}
        </span>
      ),
    },
  ];
  return <DataTable caption="Deliveries, newest first" columns={columns} rows={rows} />;
}

type DeliveriesFootProps = { shown: number; older: string | null; params: URLSearchParams; isFirst: boolean };

/** Number of rows shown, with links to older and newest ones. */
export function DeliveriesFoot({ shown, older, params, isFirst }: DeliveriesFootProps) {
  const to = (before: string | null) => {
    const next = withParam(params, "before", null);
    if (before !== null) next.set("before", before);
    return hrefTo("/deliveries", next);
  };
  const words = () => {
    const one = shown === 1;
    if (!isFirst) return one ? "1 older delivery" : `${count(shown)} older deliveries`;
    if (older) return one ? "Newest delivery" : `Newest ${count(shown)} deliveries`;
    return one ? "1 delivery in total" : `${count(shown)} deliveries in total`;
  };
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-muted tabular-nums">{words()}</p>
      <div className="flex gap-2">
        {!isFirst && (
          <Link href={to(null)} className={PAGE_LINK}>
            Newest
          </Link>
        )}
        {older && (
          <Link href={to(older)} rel="next" className={PAGE_LINK}>
            Older
            <ChevronRight aria-hidden className="size-4" />
          </Link>
        )}
      </div>
    </nav>
  );
}
