import { ArrowDown, ArrowUp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { TextButton } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { SidePanel } from "@/components/ui/side-panel";
import { COLUMNS, type ColumnKey, columnOf, DEFAULT_COLUMNS, moveColumn } from "@/lib/question/columns";

type Direction = -1 | 1;

function ShowBox({ column, checked, onToggle }: { column: ColumnKey; checked: boolean; onToggle: () => void }) {
  return (
    <label className="flex min-w-0 flex-1 cursor-pointer items-center gap-3 py-2 has-disabled:cursor-default">
      <input
        type="checkbox"
        data-part="show"
        checked={checked}
        // The time opens the click's details.
        disabled={column === "time"}
        onChange={onToggle}
        className="size-4 accent-accent"
      />
      <span className="truncate">{columnOf(column).label}</span>
    </label>
  );
}

type MoveProps = { column: ColumnKey; by: Direction; possible: boolean; onMove: () => void };

function MoveButton({ column, by, possible, onMove }: MoveProps) {
  const [Icon, part] = by < 0 ? ([ArrowUp, "up"] as const) : ([ArrowDown, "down"] as const);
  return (
    <IconButton
      icon={Icon}
      label={`Move ${columnOf(column).label} ${part}`}
      title={`Move ${part}`}
      data-part={part}
      // Not `disabled`, which would lose the focus at the ends of the list.
      aria-disabled={!possible}
      onClick={onMove}
      className="aria-disabled:cursor-default aria-disabled:opacity-30 aria-disabled:hover:bg-transparent"
    />
  );
}

type Props = {
  columns: readonly ColumnKey[];
  csvHref: string | null;
  /** Null: the default columns. */
  onChange: (columns: ColumnKey[] | null) => void;
  onClose: () => void;
};

/** Chooses and orders the list's columns. Every change applies immediately. */
export function ColumnMenu({ columns, csvHref, onChange, onClose }: Props) {
  const body = useRef<HTMLDivElement>(null);
  const [last, setLast] = useState<{ key: ColumnKey; part: "show" | "up" | "down" } | null>(null);
  const rest = COLUMNS.filter(({ key }) => !columns.includes(key));

  // Browsers drop the focus of an element that moves in the document.
  useEffect(() => {
    if (!last) return;
    body.current?.querySelector<HTMLElement>(`[data-key=${last.key}] [data-part=${last.part}]`)?.focus();
  }, [last]);

  function move(key: ColumnKey, by: Direction) {
    onChange(moveColumn(columns, key, by));
    setLast({ key, part: by < 0 ? "up" : "down" });
  }

  function toggle(key: ColumnKey) {
    onChange(columns.includes(key) ? columns.filter((other) => other !== key) : [...columns, key]);
    setLast({ key, part: "show" });
  }

  function whereLast(): string | null {
    if (!last) return null;
    const { label } = columnOf(last.key);
    const place = columns.indexOf(last.key) + 1;
    return place > 0 ? `${label} is column ${place} of ${columns.length}` : `${label} is hidden`;
  }

  return (
    <SidePanel title="Columns" onClose={onClose}>
      <div ref={body} className="grid gap-6 p-5">
        <p role="status" className="sr-only">
          {whereLast()}
        </p>
        <section>
          <h3 className="font-medium text-muted">Shown, in this order</h3>
          <ul className="mt-2 divide-y divide-line rounded-xl border border-line">
            {columns.map((key, index) => (
              <li key={key} data-key={key} className="flex items-center pr-1 pl-4">
                <ShowBox column={key} checked onToggle={() => toggle(key)} />
                <MoveButton column={key} by={-1} possible={index > 0} onMove={() => move(key, -1)} />
                <MoveButton column={key} by={1} possible={index < columns.length - 1} onMove={() => move(key, 1)} />
              </li>
            ))}
          </ul>
        </section>
        {rest.length > 0 && (
          <section>
            <h3 className="font-medium text-muted">Hidden</h3>
            <ul className="mt-2 grid grid-cols-2 gap-x-4 rounded-xl border border-line px-4 py-1">
              {rest.map(({ key }) => (
                <li key={key} data-key={key} className="flex">
                  <ShowBox column={key} checked={false} onToggle={() => toggle(key)} />
                </li>
              ))}
            </ul>
          </section>
        )}
        <div className="flex flex-wrap gap-x-6 gap-y-3 font-medium text-accent">
          {csvHref && (
            <>
              <a href={csvHref} download onClick={onClose} className="rounded-md hover:underline">
                Download CSV with these columns
              </a>
              <a href={`${csvHref}&bom=true`} download onClick={onClose} className="rounded-md hover:underline">
                Download for Excel
              </a>
            </>
          )}
          {columns.join() !== DEFAULT_COLUMNS.join() && (
            <TextButton onClick={() => onChange(null)} className="">
              Reset to default columns
            </TextButton>
          )}
        </div>
      </div>
    </SidePanel>
  );
}
