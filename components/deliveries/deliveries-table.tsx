import { Badge } from "@/components/ui/badge";
import { counted } from "@/components/ui/counted";
import { DataTable, type TableColumn } from "@/components/ui/data-table";
import { Link } from "@/components/ui/link";
import { PageLinks } from "@/components/ui/pager";
import { duration, moment } from "@/lib/base/format";
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

/** What the list and a delivery's panel are shown with. */
export type DeliveryContext = {
  params: URLSearchParams;
  zone: string;
  linkName: (id: string) => string;
  secretName: (id: number) => string;
};

type Props = DeliveryContext & { rows: ListedDelivery[] };

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
  const href = (before: string | null) => hrefTo("/deliveries", withParam(params, "before", before));
  const deliveries = counted(shown, "delivery", "deliveries");
  const newest = older ? `Newest ${deliveries}` : `${deliveries} in total`;
  return (
    <PageLinks
      words={isFirst ? newest : counted(shown, "older delivery", "older deliveries")}
      before={isFirst ? null : { href: href(null), label: "Newest" }}
      after={older ? { href: href(older), label: "Older" } : null}
    />
  );
}
