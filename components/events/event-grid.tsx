import {
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useState,
} from "react";
import { type ColumnKey, columnOf } from "@/lib/question/columns";
import { type EventRow as Row, widthOf } from "./event-page";
import { EventRow } from "./event-row";

/** Rows drawn beyond each edge: enough for the keyboard and a flick of the wheel. */
const BEYOND = 15;

type Visible = { first: number; last: number };

/** Which of `count` equally high rows are near the viewport. Null before measuring: all are drawn. */
export function useVisibleRows(
  body: RefObject<HTMLElement | null>,
  frame: RefObject<HTMLElement | null>,
  count: number,
): Visible | null {
  const [visible, setVisible] = useState<Visible | null>(null);
  useEffect(() => {
    function measure() {
      if (!body.current || !frame.current || count === 0) return;
      const rows = body.current.getBoundingClientRect();
      const edges = frame.current.getBoundingClientRect();
      const height = rows.height / count;
      const top = Math.max(edges.top, 0) - rows.top;
      const bottom = Math.min(edges.bottom, window.innerHeight) - rows.top;
      const first = Math.max(0, Math.floor(top / height) - BEYOND);
      const last = Math.min(count, Math.ceil(bottom / height) + BEYOND);
      setVisible((known) => (known?.first === first && known.last === last ? known : { first, last }));
    }
    measure();
    // Captured, as scrolling doesn't bubble.
    const gone = new AbortController();
    window.addEventListener("scroll", measure, { capture: true, passive: true, signal: gone.signal });
    window.addEventListener("resize", measure, { signal: gone.signal });
    return () => gone.abort();
  }, [body, frame, count]);
  return visible;
}

/** Focusable elements of a grid: one link per cell. */
const STOP = "[data-stop]";

/** Only visible ones: phones and wide screens show different links. */
const stopsOf = (row: Element | null) =>
  [...(row?.querySelectorAll<HTMLElement>(STOP) ?? [])].filter((stop) => stop.offsetParent !== null);

/** Target of a key in the grid: the same column of another row, or another column of the row. */
function stopAfterKey(key: string, from: Element): HTMLElement | null {
  const stop = from.closest<HTMLElement>(STOP);
  const row = stop?.closest("tr");
  if (!stop || !row) return null;
  const stops = stopsOf(row);
  const at = stops.indexOf(stop);
  const targets = new Map([
    ["ArrowDown", stopsOf(row.nextElementSibling)[at]],
    ["ArrowUp", stopsOf(row.previousElementSibling)[at]],
    ["ArrowRight", stops[at + 1]],
    ["ArrowLeft", stops[at - 1]],
    ["Home", stops[0]],
    ["End", stops.at(-1)],
  ]);
  return targets.get(key) ?? null;
}

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
        Click
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

/** A click on a row's empty part opens its details; text can still be selected. */
function openRow(event: MouseEvent<HTMLElement>): void {
  const target = event.target as Element;
  if (target.closest("a") || document.getSelection()?.isCollapsed === false) return;
  const link = target.closest("tr")?.querySelector<HTMLElement>("[data-open]");
  // The panel returns the focus to the element that had it.
  link?.focus({ preventScroll: true });
  link?.click();
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const next = stopAfterKey(event.key, event.target as Element);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

type Props = {
  rows: Row[];
  rowCount: number;
  visible: Visible | null;
  columns: readonly ColumnKey[];
  query: string;
  body: RefObject<HTMLTableSectionElement | null>;
};

/** Clicks as rows, drawn near the viewport. One tab stop. `rowCount` is -1 while there may be more. */
export function EventGrid({ rows, rowCount, visible, columns, query, body }: Props) {
  const [at, setAt] = useState<{ seq: string | undefined; stop: string }>({ seq: undefined, stop: "time" });
  const { first, last } = visible ?? { first: 0, last: rows.length };
  const drawn = rows.slice(first, last);
  const params = new URLSearchParams(query);
  // The tab stop can't be a row that was scrolled away, or a hidden column.
  const place = drawn.some(({ seq }) => seq === at.seq) ? at.seq : drawn[0]?.seq;
  const stop = columns.find((key) => key === at.stop) ?? "time";
  const width = columns.reduce((sum, key) => sum + widthOf(key), 0);

  function remember(event: FocusEvent<HTMLElement>) {
    const link = (event.target as Element).closest<HTMLElement>(STOP);
    if (link) setAt({ seq: link.closest("tr")?.dataset.seq, stop: link.dataset.stop ?? "time" });
  }

  return (
    <table
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that is walked through with arrow keys
      role="grid"
      aria-label="Clicks, newest first"
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
