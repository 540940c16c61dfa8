import {
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useSelection } from "@/components/views/beside";
import { type ColumnKey, columnOf } from "@/lib/question/columns";
import { type Day, type Heights, indexAt, partsOf } from "./event-layout";
import { PAGE_SIZE, type EventRow as Row, widthOf } from "./event-page";
import { EventRow } from "./event-row";

/** Rows drawn beyond each edge: enough for the keyboard and a flick of the wheel. */
const BEYOND = 15;
/** Height of a day's heading in rem. */
const DAY_REM = 2.25;

/** Height of a root font's letter: what rem stands for. */
const rem = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/** Heights in a body that holds `count` clicks. */
export function heightsIn(body: HTMLElement, days: readonly Day[], count: number): Heights {
  const day = DAY_REM * rem();
  return { row: (body.offsetHeight - days.length * day) / count, day };
}

/** Clicks that are drawn, and whether the columns are wider than the list. */
type Visible = { first: number; last: number; isCut: boolean };

/** Which of `count` clicks are near the window. Null before measuring: all are drawn, unless they are many. */
export function useVisibleRows(
  body: RefObject<HTMLElement | null>,
  days: readonly Day[],
  count: number,
  width: number,
): Visible | null {
  const [visible, setVisible] = useState<Visible | null>(
    count > PAGE_SIZE ? { first: 0, last: PAGE_SIZE, isCut: true } : null,
  );
  useEffect(() => {
    function measure() {
      const frame = body.current?.closest<HTMLElement>("[data-frame]");
      if (!body.current || !frame || count === 0) return;
      const { top } = body.current.getBoundingClientRect();
      const heights = heightsIn(body.current, days, count);
      const first = Math.max(0, Math.min(count - 1, indexAt(-top, days, heights)) - BEYOND);
      const last = Math.min(count, indexAt(window.innerHeight - top, days, heights) + 1 + BEYOND);
      const isCut = width * rem() > frame.clientWidth + 1;
      setVisible((known) =>
        known?.first === first && known.last === last && known.isCut === isCut ? known : { first, last, isCut },
      );
    }
    measure();
    const gone = new AbortController();
    window.addEventListener("scroll", measure, { passive: true, signal: gone.signal });
    // Also when a panel opens beside the list.
    const observer = new ResizeObserver(measure);
    observer.observe(document.documentElement);
    if (body.current) observer.observe(body.current);
    return () => {
      gone.abort();
      observer.disconnect();
    };
  }, [body, days, count, width]);
  return visible;
}

/** Focusable elements of a grid: one link per cell. */
const STOP = "[data-stop]";

/** Only visible ones: phones and wide screens show different links. */
const stopsOf = (row: Element | null | undefined) =>
  [...(row?.querySelectorAll<HTMLElement>(STOP) ?? [])].filter((stop) => stop.offsetParent !== null);

/** Target of a key in the grid: the same column of another row, or another column of the row. */
function stopAfterKey(key: string, from: Element): HTMLElement | null {
  const stop = from.closest<HTMLElement>(STOP);
  const row = stop?.closest("tr");
  if (!stop || !row) return null;
  const rows = [...(row.parentElement?.querySelectorAll("[data-row]") ?? [])];
  const index = rows.indexOf(row);
  const stops = stopsOf(row);
  const at = stops.indexOf(stop);
  const targets = new Map([
    ["ArrowDown", stopsOf(rows[index + 1])[at]],
    ["ArrowUp", stopsOf(rows[index - 1])[at]],
    ["ArrowRight", stops[at + 1]],
    ["ArrowLeft", stops[at - 1]],
    ["Home", stops[0]],
    ["End", stops.at(-1)],
  ]);
  return targets.get(key) ?? null;
}

function moveFocus(event: KeyboardEvent<HTMLElement>, hasPanel: boolean): void {
  // The open panel goes on to the next click, and takes the focus along.
  if (hasPanel && (event.key === "ArrowDown" || event.key === "ArrowUp")) return;
  const next = stopAfterKey(event.key, event.target as Element);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

const Widths = ({ columns }: { columns: readonly ColumnKey[] }) => (
  <colgroup className="max-md:hidden">
    {columns.map((key) => (
      <col key={key} style={{ width: `${widthOf(key)}rem` }} />
    ))}
  </colgroup>
);

const TABLE = "w-full table-fixed border-separate border-spacing-0 md:min-w-(--width)";

/** The heads of a table; those that are seen stand in a table of their own, which sticks while the page scrolls. */
function Heads({ columns }: { columns: readonly ColumnKey[] }) {
  const look = "h-11 truncate px-3 text-left font-medium text-muted";
  return (
    <tr aria-rowindex={1}>
      <th scope="col" className={`${look} md:hidden`}>
        Click
      </th>
      {columns.map((key) => (
        <th key={key} scope="col" className={`${look} max-md:hidden`}>
          {columnOf(key).label}
        </th>
      ))}
    </tr>
  );
}

type DayHeadingProps = { label: string; columns: number; isCut: boolean };

/** Rows say their day to screen readers themselves. */
function DayHeading({ label, columns, isCut }: DayHeadingProps) {
  const look = "z-1 border-line border-b bg-page font-medium text-muted text-xs";
  // In what scrolls sideways nothing can stick to the window.
  const sticks = isCut ? "" : "sticky top-[calc(var(--under,3.5rem)+2.75rem)]";
  return (
    <tr aria-hidden className="h-(--day)">
      <td className={`sticky top-[var(--under,3.5rem)] px-4 md:hidden ${look}`}>{label}</td>
      <td colSpan={columns} className={`px-3 max-md:hidden ${look} ${sticks}`}>
        <span className="sticky left-3">{label}</span>
      </td>
    </tr>
  );
}

type GapProps = { rows: number; days: number };

const Gap = ({ rows, days }: GapProps) => (
  <tr aria-hidden style={{ height: `calc(var(--row) * ${rows} + var(--day) * ${days})` }}>
    <td className="p-0" />
  </tr>
);

type Props = {
  rows: Row[];
  rowCount: number;
  days: readonly Day[];
  visible: Visible | null;
  columns: readonly ColumnKey[];
  width: number;
  query: string;
  body: RefObject<HTMLTableSectionElement | null>;
};

/**
 * Clicks as rows under their days, drawn near the window. The heads stay below what sticks to the top; where the columns
 * are wider than the list, they scroll it sideways. One tab stop. `rowCount` is -1 while there may be more.
 */
export function EventGrid({ rows, rowCount, days, visible, columns, width, query, body }: Props) {
  const { selected } = useSelection();
  const [at, setAt] = useState<{ seq: string | undefined; stop: string }>({ seq: undefined, stop: "time" });
  const heads = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const { first, last, isCut } = visible ?? { first: 0, last: rows.length, isCut: true };
  const drawn = rows.slice(first, last);
  const params = useMemo(() => new URLSearchParams(query), [query]);
  // The tab stop can't be a row that was scrolled away, or a hidden column.
  const place = drawn.some(({ seq }) => seq === at.seq) ? at.seq : drawn[0]?.seq;
  const stop = columns.find((key) => key === at.stop) ?? "time";

  function remember(event: FocusEvent<HTMLElement>) {
    const link = (event.target as Element).closest<HTMLElement>(STOP);
    if (link) setAt({ seq: link.closest("tr")?.dataset.row, stop: link.dataset.stop ?? "time" });
  }

  const scrollTogether = (from: HTMLElement, to: HTMLElement | null) => {
    if (to && to.scrollLeft !== from.scrollLeft) to.scrollLeft = from.scrollLeft;
  };

  return (
    <div
      className="relative [--row:4rem] md:[--row:2.75rem]"
      style={{ "--width": `${width}rem`, "--day": `${DAY_REM}rem` } as CSSProperties}
    >
      <div
        ref={heads}
        aria-hidden
        // Browsers let the keyboard scroll what overflows; here the cells do.
        tabIndex={-1}
        onScroll={(event) => scrollTogether(event.currentTarget, frame.current)}
        className={`sticky top-[var(--under,3.5rem)] z-2 h-[calc(2.75rem+1px)] overflow-y-hidden rounded-t-2xl border-line border-b bg-surface [scrollbar-width:thin] max-md:hidden ${isCut ? "overflow-x-auto" : ""}`}
      >
        <table className={TABLE}>
          <Widths columns={columns} />
          <thead>
            <Heads columns={columns} />
          </thead>
        </table>
      </div>
      <div
        ref={frame}
        data-frame
        onScroll={(event) => scrollTogether(event.currentTarget, heads.current)}
        className={isCut ? "md:overflow-x-auto md:[scrollbar-width:none]" : ""}
      >
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that is walked through with arrow keys
          role="grid"
          aria-label="Clicks, newest first"
          aria-rowcount={rowCount < 0 ? -1 : rowCount + 1}
          onKeyDown={(event) => moveFocus(event, selected !== null)}
          onFocus={remember}
          className={TABLE}
        >
          <Widths columns={columns} />
          <thead className="sr-only">
            <Heads columns={columns} />
          </thead>
          <tbody ref={body}>
            {partsOf(days, rows.length, first, last).map((part) => {
              if (part.kind === "day")
                return (
                  <DayHeading
                    key={`day ${part.day.first}`}
                    label={part.day.label}
                    columns={columns.length}
                    isCut={isCut}
                  />
                );
              if (part.kind === "gap") return <Gap key={part.key} rows={part.rows} days={part.days} />;
              const row = rows[part.index];
              return (
                row && (
                  <EventRow
                    key={row.seq}
                    row={row}
                    index={part.index}
                    columns={columns}
                    params={params}
                    stop={row.seq === place ? stop : null}
                  />
                )
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}
