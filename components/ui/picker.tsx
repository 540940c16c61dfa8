"use client";

import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from "react";
import { CloseButton } from "./dialog";
import { SearchBox } from "./search-form";

type PickerOption = { id: string; text: string; note?: ReactNode; icon?: ReactNode; onChoose: () => void };
export type PickerGroup = { title: string; options: PickerOption[] };

type Props = {
  label: string;
  placeholder: string;
  query: string;
  onQuery: (query: string) => void;
  groups: PickerGroup[];
  /** Below the list: loading, failed, or nothing found. */
  status: ReactNode;
};

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  PageDown: (at, count) => Math.min(at + 8, count - 1),
  PageUp: (at) => Math.max(at - 8, 0),
};

/** A search box over a grouped list to choose from, by arrow keys and Enter or by pointer. */
export function Picker({ label, placeholder, query, onQuery, groups, status }: Props) {
  const id = useId();
  const options = groups.flatMap((group) => group.options);
  const [wanted, setWanted] = useState(0);
  const active = Math.min(wanted, options.length - 1);
  const idOf = (at: number) => `${id}-${at}`;
  const activeId = active >= 0 ? idOf(active) : undefined;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || options.length === 0) return;
    const step = STEPS[event.key];
    if (step) setWanted(step(active, options.length));
    else if (event.key === "Enter") options[active]?.onChoose();
    else return;
    event.preventDefault();
  };
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: "nearest" });
  }, [activeId]);
  return (
    <>
      <SearchBox
        data-autofocus
        role="combobox"
        label={label}
        aria-expanded={options.length > 0}
        aria-controls={options.length > 0 ? `${id}-list` : undefined}
        aria-autocomplete="list"
        aria-activedescendant={activeId}
        placeholder={placeholder}
        value={query}
        onQuery={(typed) => {
          setWanted(0);
          onQuery(typed);
        }}
        onKeyDown={onKeyDown}
        box="h-12 border-line border-b pr-2 pl-4 has-[input:focus]:border-accent"
      >
        <CloseButton />
      </SearchBox>
      <div className="flex min-h-0 flex-col max-sm:flex-1 sm:shrink sm:basis-96">
        {groups.length > 0 && (
          <div
            id={`${id}-list`}
            role="listbox"
            aria-label={label}
            className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1.5"
          >
            {groups.map((group, number) => (
              // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a list box
              <div key={group.title} role="group" aria-labelledby={`${id}-group-${number}`}>
                <div id={`${id}-group-${number}`} className="px-2.5 pt-2.5 pb-1 font-medium text-muted text-xs">
                  {group.title}
                </div>
                {group.options.map((option) => (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the search box has the focus and takes the keys
                  <div
                    key={option.id}
                    id={idOf(options.indexOf(option))}
                    role="option"
                    aria-selected={option === options[active]}
                    tabIndex={-1}
                    onPointerMove={() => setWanted(options.indexOf(option))}
                    onClick={option.onChoose}
                    className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-1.5 aria-selected:bg-raised max-sm:min-h-11"
                  >
                    {option.icon}
                    <span className="min-w-0 truncate">{option.text}</span>
                    {option.note && (
                      <span className="ml-auto min-w-0 shrink-0 truncate pl-2 text-muted text-xs">{option.note}</span>
                    )}
                  </div>
                ))}
              </div>
            ))}
          </div>
        )}
        {status}
      </div>
    </>
  );
}
