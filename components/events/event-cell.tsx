import { ListFilter } from "lucide-react";
import Link from "next/link";
import { RowIcon } from "@/components/dashboard/row-icon";
import { RowPending } from "@/components/dashboard/row-pending";
import { hrefTo } from "@/components/dashboard/view";
import type { ClickDimensionKey } from "@/lib/dimensions";
import { parseLongName } from "@/lib/long-value";
import { withCity, withValue } from "@/lib/question/codec/write";
import { type ColumnKey, columnOf, storedValue } from "@/lib/question/columns";
import { text } from "@/lib/text/events";
import { PICTURED } from "./column-looks";
import { clickHref, EVENTS_PATH, type EventRow } from "./event-page";

/** The page with exactly the clicks that have this value; a city is meant with its place. */
function filterHref(params: URLSearchParams, row: EventRow, key: ClickDimensionKey): string {
  return hrefTo(EVENTS_PATH, key === "city" ? withCity(params, row) : withValue(params, key, storedValue(row, key)));
}

function titleOf(row: EventRow, key: ColumnKey): string {
  if (key === "time") return row.words.exactTime;
  if (key === "received") return row.words.exactReceived;
  const { dimension } = columnOf(key);
  const value = dimension && dimension !== "linkId" && storedValue(row, dimension);
  return value && !parseLongName(value) ? value : row.words[key];
}

type CellProps = { row: EventRow; column: ColumnKey; params: URLSearchParams; tabIndex: 0 | -1 };

/** What one column says of a click: the way to all of it, or a value with the way to the clicks that share it. */
export function EventCell({ row, column, params, tabIndex }: CellProps) {
  const { dimension, label } = columnOf(column);
  const words = row.words[column];
  if (column === "time") {
    return (
      <Link
        data-stop={column}
        data-open
        tabIndex={tabIndex}
        href={clickHref(params, row)}
        scroll={false}
        prefetch={false}
        title={titleOf(row, column)}
        className="whitespace-nowrap rounded tabular-nums"
      >
        <RowPending />
        {words}
        <span className="sr-only">{text.grid.onLink(row.words.linkId)}</span>
      </Link>
    );
  }
  const value = dimension && storedValue(row, dimension);
  return (
    <div className="relative flex min-w-0 items-center gap-2">
      {dimension && PICTURED.includes(dimension) && (
        <RowIcon dimension={dimension} value={value} country={row.country} text={words} />
      )}
      <span
        title={titleOf(row, column)}
        className={`truncate ${column === "clickId" ? "font-mono text-xs" : ""} ${column === "received" ? "tabular-nums" : ""} ${dimension && value === null ? "text-muted" : ""}`}
      >
        {words}
      </span>
      {dimension && (
        <Link
          data-stop={column}
          tabIndex={tabIndex}
          href={filterHref(params, row, dimension)}
          prefetch={false}
          aria-label={text.filterBy(label, words)}
          title={text.grid.only(label, words)}
          // Out of the way of fingers, which cannot rest on a cell to see it: the panel has the same links.
          className="pointer-events-none absolute right-0 grid size-7 place-items-center rounded-md border border-line bg-surface text-muted opacity-0 hover:text-accent focus-visible:opacity-100 group-hover/cell:pointer-events-auto group-hover/cell:opacity-100"
        >
          <ListFilter aria-hidden className="size-3.5" />
        </Link>
      )}
    </div>
  );
}
