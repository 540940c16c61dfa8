import Link from "next/link";
import { RowIcon } from "@/components/dashboard/row-icon";
import { RowPending } from "@/components/dashboard/row-pending";
import { type ColumnKey, columnOf, storedValue } from "@/lib/question/columns";
import { clickHref, type EventRow } from "./event-page";

/** On a phone: when and which link, and below it the other chosen columns. */
export function EventSummary({
  row,
  columns,
  params,
  tabIndex,
}: {
  row: EventRow;
  columns: readonly ColumnKey[];
  params: URLSearchParams;
  tabIndex: 0 | -1;
}) {
  const rest = columns.filter((key) => key !== "time" && key !== "linkId");
  const known = rest.filter((key) => {
    const { dimension } = columnOf(key);
    return !dimension || storedValue(row, dimension) !== null;
  });
  return (
    <Link
      data-stop="time"
      tabIndex={tabIndex}
      href={clickHref(params, row)}
      scroll={false}
      prefetch={false}
      className="relative grid h-full content-center gap-0.5 px-4"
    >
      <RowPending />
      <span className="flex min-w-0 items-center gap-2">
        <RowIcon dimension="country" value={row.country} country={row.country} text="" />
        <span className="min-w-0 flex-1 truncate font-medium">{row.words.linkId}</span>
        <span className="text-xs tabular-nums">{row.words.timeOfDay}</span>
      </span>
      <span className="flex min-w-0 gap-2 text-muted text-xs">
        <span className="min-w-0 flex-1 truncate">{known.map((key) => row.words[key]).join(" · ") || "–"}</span>
        <span className="tabular-nums">{row.words.date}</span>
      </span>
    </Link>
  );
}
