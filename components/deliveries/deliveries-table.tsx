import { Badge } from "@/components/ui/badge";
import { counted } from "@/components/ui/counted";
import { DataTable, type TableColumn } from "@/components/ui/data-table";
import { PageLinks } from "@/components/ui/pager";
import { OpenLink, OpenRow } from "@/components/views/beside";
import { duration, moment } from "@/lib/base/format";
import type { ListedDelivery } from "@/lib/deliveries/list/rows";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withParam } from "@/lib/question/codec/write";
import { outcomeWords } from "./outcome-words";

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
export function DeliveriesTable({ rows, zone, linkName, secretName }: Props) {
  const hasSecrets = new Set(rows.flatMap(({ secretId }) => secretId ?? [])).size > 1;
  const columns: TableColumn<ListedDelivery>[] = [
    {
      label: "Received",
      width: "w-36 sm:w-48",
      cell: (row) => (
        <OpenLink id={row.id} className="rounded font-medium tabular-nums">
          <time dateTime={row.receivedAt.toISOString()}>{moment(row.receivedAt, zone)}</time>
        </OpenLink>
      ),
    },
    {
      label: "Outcome",
      width: "md:w-34",
      cell: (row) => (
        <div className="grid justify-items-start gap-1">
          <Badge tone={outcomeWords(row.outcome).tone}>{outcomeWords(row.outcome).label}</Badge>
          {row.outcome !== "counted" && <span className="break-words text-muted md:hidden">{row.reason}</span>}
        </div>
      ),
    },
    {
      label: "Event and reason",
      wide: true,
      cell: ({ event, outcome, reason }) => (
        <span className="line-clamp-2 break-words" title={outcome === "counted" ? undefined : reason}>
          <span className="text-muted">{event ?? "Unreadable"}</span>
          {outcome !== "counted" && `: ${reason}`}
        </span>
      ),
    },
    {
      label: "Link",
      width: "w-64",
      wide: true,
      room: "@max-3xl:w-48 @max-xl:hidden",
      cell: (row) => (
        <span className="block truncate" title={row.linkId ?? ""}>
          {row.linkId === null ? <span className="text-muted">–</span> : linkName(row.linkId)}
        </span>
      ),
    },
    {
      label: "Delay",
      width: "w-28",
      wide: true,
      room: "@max-3xl:hidden",
      numeric: true,
      cell: (row) => onTheWay(row) ?? <span className="text-muted">–</span>,
    },
  ];
  if (hasSecrets)
    columns.push({
      label: "Secret",
      width: "w-44",
      wide: true,
      room: "@max-4xl:hidden",
      cell: ({ secretId }) => (
        <span className="line-clamp-2 break-words text-muted">{secretId === null ? "–" : secretName(secretId)}</span>
      ),
    });
  return <DataTable caption="Deliveries, newest first" columns={columns} rows={rows} as={OpenRow} />;
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
