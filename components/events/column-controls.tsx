import { ArrowDown, ArrowUp } from "lucide-react";
import { type ColumnKey, columnOf } from "@/lib/question/columns";
import { text } from "@/lib/text/events";

/** One place earlier, or one later. */
export type Direction = -1 | 1;

/** Shows or hides a column. */
export function ShowBox({ column, checked, onToggle }: { column: ColumnKey; checked: boolean; onToggle: () => void }) {
  return (
    <label className="flex min-w-0 flex-1 cursor-pointer items-center gap-3 py-2 has-disabled:cursor-default">
      <input
        type="checkbox"
        data-part="show"
        checked={checked}
        // The time is the way to the whole click.
        disabled={column === "time"}
        onChange={onToggle}
        className="size-4 accent-accent"
      />
      <span className="truncate">{columnOf(column).label}</span>
    </label>
  );
}

type MoveProps = { column: ColumnKey; by: Direction; possible: boolean; onMove: () => void };

/** Puts a column one place earlier or later. */
export function MoveButton({ column, by, possible, onMove }: MoveProps) {
  const [Icon, part] = by < 0 ? ([ArrowUp, "up"] as const) : ([ArrowDown, "down"] as const);
  const { label, title } = text.columns[part];
  return (
    <button
      type="button"
      aria-label={label(columnOf(column).label)}
      title={title}
      data-part={part}
      // Not `disabled`: that would throw the focus out of the list at its ends.
      aria-disabled={!possible}
      onClick={onMove}
      className="grid size-9 place-items-center rounded-md text-muted hover:bg-raised hover:text-ink aria-disabled:cursor-default aria-disabled:opacity-30 aria-disabled:hover:bg-transparent"
    >
      <Icon aria-hidden className="size-4" />
    </button>
  );
}
