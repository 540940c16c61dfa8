"use client";

import { Plus, X } from "lucide-react";
import { text } from "@/lib/text/filters";

type Props = {
  label: string;
  text: string;
  onText: (text: string) => void;
  chosen: (string | null)[];
  onChange: (values: (string | null)[]) => void;
};

/** Parts of text, of which one has to be there: typed one after the other. */
export function TextList({ label, text: typed, onText, chosen, onChange }: Props) {
  const add = () => {
    if (typed.trim() !== "") onChange([...new Set([...chosen, typed])]);
    onText("");
  };
  return (
    <div className="grid min-h-0 flex-1 content-start gap-2 overflow-y-auto p-3">
      <div className="flex gap-2">
        <input
          data-autofocus
          type="text"
          aria-label={text.textParts.label(label)}
          placeholder={text.textParts.placeholder}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => onText(event.target.value)}
          className="h-10 min-w-0 flex-1 rounded-lg border border-strong-line bg-surface px-3 placeholder:text-muted max-sm:text-base"
        />
        <button
          type="button"
          onClick={add}
          disabled={typed.trim() === ""}
          className="flex h-10 items-center gap-1.5 rounded-lg border border-line px-2.5 font-medium enabled:hover:bg-raised disabled:text-muted"
        >
          <Plus aria-hidden className="size-4" />
          {text.textParts.another}
        </button>
      </div>
      <ul aria-label={text.textParts.list} className="flex flex-wrap gap-1.5 empty:hidden">
        {chosen.map((value) => (
          <li key={value} className="flex max-w-full items-center rounded-lg border border-line pl-2.5">
            <span className="truncate">{text.textParts.part(value ?? "")}</span>
            <button
              type="button"
              aria-label={text.textParts.remove(value ?? "")}
              onClick={() => onChange(chosen.filter((entry) => entry !== value))}
              className="grid size-8 place-items-center rounded-md text-muted hover:text-ink"
            >
              <X aria-hidden className="size-3.5" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
