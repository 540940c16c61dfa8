import { ListFilter } from "lucide-react";
import { memo } from "react";
import { Link } from "@/components/ui/link";
import { RowIcon } from "@/components/ui/row-icon";
import { OpenLink, SELECTED, useSelection } from "@/components/views/beside";
import { parseLongName } from "@/lib/base/long-value";
import type { ClickDimensionKey } from "@/lib/click/dimensions";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withCity, withValue } from "@/lib/question/codec/write";
import { type ColumnKey, columnOf, storedValue } from "@/lib/question/columns";
import { type EventRow as Click, EVENTS_PATH, PICTURED } from "./event-page";

/** The page with exactly the clicks that have this value; a city includes its place. */
function filterHref(params: URLSearchParams, row: Click, key: ClickDimensionKey): string {
  return hrefTo(EVENTS_PATH, key === "city" ? withCity(params, row) : withValue(params, key, storedValue(row, key)));
}

function titleOf(row: Click, key: ColumnKey): string {
  if (key === "time") return row.words.exactTime;
  if (key === "received") return row.words.exactReceived;
  const { dimension } = columnOf(key);
  const value = dimension && dimension !== "linkId" && storedValue(row, dimension);
  return value && !parseLongName(value) ? value : row.words[key];
}

type CellProps = { row: Click; column: ColumnKey; params: URLSearchParams; tabIndex: 0 | -1 };

/** A cell: a link to the click's details, or a value with a link to the clicks that share it. */
function EventCell({ row, column, params, tabIndex }: CellProps) {
  const { dimension, label } = columnOf(column);
  const words = row.words[column];
  if (column === "time") {
    return (
      <OpenLink
        id={row.seq}
        data-stop={column}
        tabIndex={tabIndex}
        title={titleOf(row, column)}
        className="whitespace-nowrap rounded tabular-nums"
      >
        {row.words.timeOfDay}
        <span className="sr-only">{`, ${row.words.day}, on ${row.words.linkId}`}</span>
      </OpenLink>
    );
  }
  const value = dimension && storedValue(row, dimension);
  const look = column === "clickId" ? "font-mono text-xs" : column === "received" ? "tabular-nums" : "";
  return (
    <div className="relative flex min-w-0 items-center gap-2">
      {dimension && PICTURED.includes(dimension) && (
        <RowIcon dimension={dimension} value={value} country={row.country} text={words} />
      )}
      <span
        title={titleOf(row, column)}
        className={`truncate ${look} ${dimension && value === null ? "text-muted" : ""}`}
      >
        {words}
      </span>
      {dimension && (
        <Link
          data-stop={column}
          tabIndex={tabIndex}
          href={filterHref(params, row, dimension)}
          aria-label={`Filter by ${label}: ${words}`}
          title={`Only ${label}: ${words}`}
          // Not on touch screens, which can't hover: the panel has the same links.
          className="pointer-events-none absolute right-0 grid size-7 place-items-center rounded-md border border-line bg-surface text-muted opacity-0 hover:text-accent focus-visible:opacity-100 group-hover/cell:pointer-events-auto group-hover/cell:opacity-100"
        >
          <ListFilter aria-hidden className="size-3.5" />
        </Link>
      )}
    </div>
  );
}

type EventSummaryProps = { row: Click; columns: readonly ColumnKey[]; tabIndex: 0 | -1 };

/** On a phone: time and link, and below them the other columns. */
function EventSummary({ row, columns, tabIndex }: EventSummaryProps) {
  const known = columns.filter((key) => {
    const { dimension } = columnOf(key);
    return key !== "time" && key !== "linkId" && (!dimension || storedValue(row, dimension) !== null);
  });
  return (
    <OpenLink id={row.seq} data-stop="time" tabIndex={tabIndex} className="grid h-full content-center gap-0.5 px-4">
      <span className="flex min-w-0 items-center gap-2">
        <RowIcon dimension="country" value={row.country} country={row.country} text="" />
        <span className="min-w-0 flex-1 truncate font-medium">{row.words.linkId}</span>
        <span className="text-xs tabular-nums">{row.words.timeOfDay}</span>
      </span>
      <span className="truncate text-muted text-xs">{known.map((key) => row.words[key]).join(" · ") || "–"}</span>
      <span className="sr-only">{row.words.day}</span>
    </OpenLink>
  );
}

type Props = {
  row: Click;
  /** Its position in the list. */
  index: number;
  columns: readonly ColumnKey[];
  params: URLSearchParams;
  /** The column with the tab stop; null in other rows. */
  stop: ColumnKey | null;
};

/** Cells don't depend on the click whose panel is open: many rows stand on the page when another is chosen. */
const Cells = memo(function Cells({ row, columns, params, stop }: Omit<Props, "index">) {
  const tabIndexOf = (column: ColumnKey) => (column === stop ? 0 : -1);
  return (
    <>
      <td className="border-line border-b p-0 md:hidden">
        <EventSummary row={row} columns={columns} tabIndex={tabIndexOf("time")} />
      </td>
      {columns.map((column) => (
        <td key={column} className="group/cell border-line border-b px-3 max-md:hidden">
          <EventCell row={row} column={column} params={params} tabIndex={tabIndexOf(column)} />
        </td>
      ))}
    </>
  );
});

/** One click. */
export function EventRow({ index, ...cells }: Props) {
  const { row } = cells;
  const { selected } = useSelection();
  return (
    <tr
      data-row={row.seq}
      aria-rowindex={index + 2}
      aria-current={selected === row.seq ? "true" : undefined}
      className={`relative h-(--row) cursor-pointer scroll-mt-[calc(var(--under,3.5rem)+6rem)] scroll-mb-16 focus-within:bg-raised/60 hover:bg-raised/60 ${SELECTED}`}
    >
      <Cells {...cells} />
    </tr>
  );
}
