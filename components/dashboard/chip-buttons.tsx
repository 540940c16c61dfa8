"use client";

import type { ReactNode } from "react";
import type { Placed } from "@/lib/question/codec/write";
import { text } from "@/lib/text/filter-bar";
import { useFilterMenu } from "./filter-host";

/** One condition of a chip: opens the menu with what it says. */
export function EditCondition({
  place,
  labels,
  name,
  children,
}: {
  place: Placed;
  /** Words of its values, in their order. */
  labels: string[];
  name: string;
  children: ReactNode;
}) {
  const open = useFilterMenu();
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-label={text.edit(name)}
      title={name}
      onClick={(event) => open({ kind: "edit", place, labels }, event.currentTarget)}
      className="flex h-8 min-w-0 items-center gap-1.5 truncate rounded-md px-1.5 hover:bg-raised"
    >
      {children}
    </button>
  );
}

/** Adds an alternative to the condition at the end of a chip. */
export function AddAlternative({ place, words }: { place: Placed; words: string }) {
  const open = useFilterMenu();
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-label={text.addAlternativeTo(words)}
      title={text.alternativeHint}
      onClick={(event) => open({ kind: "or", place, words }, event.currentTarget)}
      className="h-7 shrink-0 rounded-md px-1.5 text-muted hover:bg-raised hover:text-ink print:hidden"
    >
      {text.or}
    </button>
  );
}
