import type { ColumnKey } from "@/lib/question/columns";
import { EventCell } from "./event-cell";
import type { EventRow as Click } from "./event-page";
import { EventSummary } from "./event-summary";

/** One click. `index` is its place in the list; `stop` the column that the keyboard stands at, null in other rows. */
export function EventRow({
  row,
  index,
  columns,
  params,
  stop,
}: {
  row: Click;
  index: number;
  columns: readonly ColumnKey[];
  params: URLSearchParams;
  stop: ColumnKey | null;
}) {
  const tabIndexOf = (column: ColumnKey) => (column === stop ? 0 : -1);
  return (
    <tr
      data-seq={row.seq}
      aria-rowindex={index + 2}
      className="relative h-(--row) cursor-pointer scroll-my-16 focus-within:bg-raised/60 hover:bg-raised/60"
    >
      <td className="border-line border-b p-0 md:hidden">
        <EventSummary row={row} columns={columns} params={params} tabIndex={tabIndexOf("time")} />
      </td>
      {columns.map((column) => (
        <td key={column} className="group/cell border-line border-b px-3 max-md:hidden">
          <EventCell row={row} column={column} params={params} tabIndex={tabIndexOf(column)} />
        </td>
      ))}
    </tr>
  );
}
