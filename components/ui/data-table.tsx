import { ArrowDown, ArrowUp } from "lucide-react";
import type { ComponentType, ReactNode } from "react";
import { Link } from "@/components/ui/link";

export type TableColumn<Row> = {
  /** Unique among the columns. */
  label: string;
  numeric?: boolean;
  /** Tailwind width; columns without one share the rest. */
  width?: string;
  /** Hidden on a phone, where the first column shows its most important part. */
  wide?: boolean;
  /** Classes that hide it where the table itself is narrow, such as `@max-3xl:hidden`. */
  room?: string;
  /** Only for screen readers, if cells are clear without a visible head. */
  hideLabel?: boolean;
  /** A control shown instead of the label. */
  head?: ReactNode;
  /** URL that sorts by this column; `sorted` if it is the current order. */
  sortHref?: string;
  sorted?: "ascending" | "descending" | false;
  cell: (row: Row) => ReactNode;
};

function Head<Row>({ column }: { column: TableColumn<Row> }) {
  if (column.head) return column.head;
  if (column.hideLabel) return <span className="sr-only">{column.label}</span>;
  if (!column.sortHref) return column.label;
  const Arrow = column.sorted === "ascending" ? ArrowUp : ArrowDown;
  return (
    <Link
      href={column.sortHref}
      scroll={false}
      className={`inline-flex items-center gap-1 rounded hover:text-ink ${column.sorted ? "text-ink" : ""}`}
    >
      {column.label}
      {column.sorted && <Arrow aria-hidden className="size-3.5" />}
    </Link>
  );
}

const PlainRow = ({ children }: { id: string; children: ReactNode }) => (
  <tr className="hover:bg-raised/60">{children}</tr>
);

type Props<Row extends { id: string }> = {
  caption: string;
  columns: TableColumn<Row>[];
  rows: Row[];
  /** The element of a row. */
  as?: ComponentType<{ id: string; children: ReactNode }>;
};

/** A table. Sorting and paging are links made by the caller. */
export function DataTable<Row extends { id: string }>({ caption, columns, rows, as: Row = PlainRow }: Props<Row>) {
  const look = ({ numeric, wide, room = "" }: TableColumn<Row>) =>
    `${numeric ? "text-right tabular-nums" : "text-left"} ${wide ? "max-md:hidden" : ""} ${room}`;
  return (
    <div className="@container overflow-hidden card">
      <table className="w-full table-fixed">
        <caption className="sr-only">{caption}</caption>
        <thead className="border-line border-b text-muted">
          <tr>
            {columns.map((column) => (
              <th
                key={column.label}
                scope="col"
                aria-sort={column.sorted || undefined}
                className={`px-4 py-3 font-medium ${look(column)} ${column.width ?? ""}`}
              >
                <Head column={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <Row key={row.id} id={row.id}>
              {columns.map((column) => (
                <td key={column.label} className={`px-4 py-3 align-middle ${look(column)}`}>
                  {column.cell(row)}
                </td>
              ))}
            </Row>
          ))}
        </tbody>
      </table>
    </div>
  );
}
