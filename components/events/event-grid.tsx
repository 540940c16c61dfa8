import {
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useState,
} from "react";
import { type ColumnKey, columnOf } from "@/lib/question/columns";
import { text } from "@/lib/text/events";
import { widthOf } from "./column-looks";
import type { EventRow as Row } from "./event-page";
import { EventRow } from "./event-row";
import { stopAfterKey } from "./grid-keys";
import type { Visible } from "./use-visible-rows";

/** Stands for rows that are not drawn. */
function Gap({ rows }: { rows: number }) {
  return rows > 0 ? (
    <tr aria-hidden style={{ height: `calc(var(--row) * ${rows})` }}>
      <td className="p-0" />
    </tr>
  ) : null;
}

function Heads({ columns }: { columns: readonly ColumnKey[] }) {
  const look = "sticky top-0 z-10 border-line border-b bg-surface text-left font-medium text-muted";
  return (
    <tr aria-rowindex={1} className="h-11">
      <th scope="col" className={`${look} px-4 md:hidden`}>
        {text.grid.click}
      </th>
      {columns.map((key) => (
        <th
          key={key}
          scope="col"
          className={`${look} truncate px-3 max-md:hidden`}
          style={{ width: `${widthOf(key)}rem` }}
        >
          {columnOf(key).label}
        </th>
      ))}
    </tr>
  );
}

/** A click beside the links of a row is one on the way to the whole click; text may still be marked. */
function openRow(event: MouseEvent<HTMLElement>): void {
  const target = event.target as Element;
  if (target.closest("a") || document.getSelection()?.isCollapsed === false) return;
  const link = target.closest("tr")?.querySelector<HTMLElement>("[data-open]");
  // The panel gives the focus back to what had it.
  link?.focus({ preventScroll: true });
  link?.click();
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const next = stopAfterKey(event.key, event.target as Element);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/**
 * Clicks as rows, of which those in sight are drawn. One tab stop: arrow keys move between the links of its cells.
 *
 * @param rowCount how many clicks there are, or -1 while there may be more than are loaded
 */
export function EventGrid({
  rows,
  rowCount,
  visible,
  columns,
  query,
  body,
}: {
  rows: Row[];
  rowCount: number;
  visible: Visible | null;
  columns: readonly ColumnKey[];
  query: string;
  body: RefObject<HTMLTableSectionElement | null>;
}) {
  const [at, setAt] = useState<{ seq: string | undefined; stop: string }>({ seq: undefined, stop: "time" });
  const { first, last } = visible ?? { first: 0, last: rows.length };
  const drawn = rows.slice(first, last);
  const params = new URLSearchParams(query);
  // A row that was scrolled away, or a column that is no longer shown, cannot be the place to come back to.
  const place = drawn.some(({ seq }) => seq === at.seq) ? at.seq : drawn[0]?.seq;
  const stop = columns.find((key) => key === at.stop) ?? "time";
  const width = columns.reduce((sum, key) => sum + widthOf(key), 0);

  function remember(event: FocusEvent<HTMLElement>) {
    const link = (event.target as Element).closest<HTMLElement>("[data-stop]");
    if (link) setAt({ seq: link.closest("tr")?.dataset.seq, stop: link.dataset.stop ?? "time" });
  }

  return (
    <table
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that is walked through with arrow keys
      role="grid"
      aria-label={text.grid.label}
      aria-rowcount={rowCount < 0 ? -1 : rowCount + 1}
      onClick={openRow}
      onKeyDown={moveFocus}
      onFocus={remember}
      className="w-full table-fixed border-separate border-spacing-0 [--row:4rem] md:min-w-(--width) md:[--row:2.75rem]"
      style={{ "--width": `${width}rem` } as CSSProperties}
    >
      <thead className="max-md:sr-only">
        <Heads columns={columns} />
      </thead>
      <tbody ref={body}>
        <Gap rows={first} />
        {drawn.map((row, index) => (
          <EventRow
            key={row.seq}
            row={row}
            index={first + index}
            columns={columns}
            params={params}
            stop={row.seq === place ? stop : null}
          />
        ))}
        <Gap rows={rows.length - last} />
      </tbody>
    </table>
  );
}
