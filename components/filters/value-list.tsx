"use client";

import { type KeyboardEvent, useState } from "react";
import { RowIcon } from "@/components/ui/row-icon";
import { SearchBox } from "@/components/ui/search-form";
import { Asking, useJson } from "@/components/ui/use-json";
import { walk } from "@/components/ui/use-shortcut";
import { inSentence } from "@/lib/click/dimensions";
import { hrefTo } from "@/lib/question/codec/query-string";
import { fieldWords, isDimension } from "@/lib/question/fields";
import type { FieldName } from "@/lib/question/question";

/** A value as it is shown. */
export type ListedValue = { value: string | null; text: string; note: string | null; country: string | null };

/** The same with its clicks as text. */
export type CountedValue = ListedValue & { count: string; share: string };

type Answer = { rows: CountedValue[]; rowCount: number };

type Props = {
  field: FieldName;
  question: URLSearchParams;
  chosen: ListedValue["value"][];
  known: ListedValue[];
  onChange: (values: ListedValue["value"][]) => void;
};

type RowProps = { field: FieldName; row: ListedValue & Partial<CountedValue>; checked: boolean; onToggle: () => void };

function Row({ field, row, checked, onToggle }: RowProps) {
  return (
    <label className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 hover:bg-raised has-focus-visible:bg-raised max-sm:min-h-11">
      <input type="checkbox" checked={checked} onChange={onToggle} className="size-4 shrink-0 accent-accent" />
      {isDimension(field) && <RowIcon dimension={field} {...row} />}
      <span className={`truncate ${row.value === null ? "text-muted" : ""}`} title={row.value ?? undefined}>
        {row.text}
      </span>
      {row.note && <span className="min-w-0 shrink-[99] truncate text-muted text-xs">{row.note}</span>}
      <span className="ml-auto shrink-0 pl-2 tabular-nums">{row.count ?? ""}</span>
      <span className="w-11 shrink-0 text-right text-muted text-xs tabular-nums">{row.share ?? ""}</span>
    </label>
  );
}

/** Values with their clicks, to tick: search results below those already chosen. */
export function ValueList({ field, question, chosen, known, onChange }: Props) {
  const [query, setQuery] = useState("");
  const [seen, setSeen] = useState(known);
  const asked = new URLSearchParams(question);
  asked.set("search", query.trim());
  const { data, error, loading, again } = useJson<Answer>(
    hrefTo(`/api/values/${field}`, asked),
    query === "" ? 0 : 150,
  );
  const { plural } = fieldWords(field);
  const rows = data?.rows ?? [];
  const listed = new Set(rows.map(({ value }) => value));
  const elsewhere = chosen
    .filter((value) => !listed.has(value))
    .map((value) => seen.find((row) => row.value === value) ?? { value, text: value ?? "", note: null, country: null });
  const toggle = (row: ListedValue) => {
    const isChosen = chosen.includes(row.value);
    setSeen([...seen, row]);
    onChange(isChosen ? chosen.filter((value) => value !== row.value) : [...chosen, row.value]);
  };
  // Enter chooses the search result; without a search it applies.
  const takeFirst = (event: KeyboardEvent) => {
    const first = rows.find(({ value }) => !chosen.includes(value));
    if (event.key !== "Enter" || query.trim() === "" || loading || !first) return;
    event.preventDefault();
    toggle(first);
    setQuery("");
  };
  const more = (data?.rowCount ?? 0) - rows.length;
  return (
    <fieldset onKeyDown={(event) => walk(event, "input")} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <legend className="sr-only">{plural}</legend>
      <SearchBox
        data-autofocus
        label={`Search ${plural}`}
        placeholder={`Search ${inSentence(plural)}`}
        busy={loading}
        value={query}
        onQuery={setQuery}
        onKeyDown={takeFirst}
        box="h-11 border-line border-b px-4 has-[input:focus]:border-accent"
      />
      <div
        aria-busy={loading}
        className="min-h-0 overflow-y-auto overscroll-contain p-1.5 max-sm:flex-1 sm:shrink sm:basis-72"
      >
        {[...elsewhere, ...(error === null ? rows : [])].map((row) => (
          <Row
            key={JSON.stringify(row.value)}
            field={field}
            row={row}
            checked={chosen.includes(row.value)}
            onToggle={() => toggle(row)}
          />
        ))}
        <Asking
          loading={loading && data === null}
          error={error}
          empty={rows.length === 0 && !loading ? "No matching values." : null}
          onAgain={again}
        />
        {more > 0 && error === null && (
          <p className="px-2.5 py-2 text-muted text-xs">{more} more. Search to find them.</p>
        )}
      </div>
    </fieldset>
  );
}
