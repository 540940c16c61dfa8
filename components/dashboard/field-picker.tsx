"use client";

import { useState } from "react";
import { Asking } from "@/components/ui/asking";
import { CloseButton } from "@/components/ui/close-button";
import { Picker, type PickerGroup } from "@/components/ui/picker";
import { useJson } from "@/components/ui/use-json";
import { isLinkField } from "@/lib/question/codec/conditions";
import { hrefTo } from "@/lib/question/codec/query-string";
import { FIELD_GROUPS, fieldWords, isDimension } from "@/lib/question/fields";
import type { Field } from "@/lib/question/question";
import { text } from "@/lib/text/filters";
import { RowIcon } from "./row-icon";
import type { CountedValue, ListedValue } from "./value-list";

type Found = { fields: { field: Field; label: string; rows: CountedValue[] }[] };

type Props = {
  /** The parameters under which values are counted. */
  question: URLSearchParams;
  /** On a link's own page its properties leave nothing to choose. */
  ofOneLink: boolean;
  /** What the filter will be an alternative to, in words. */
  before: string | null;
  onClose: () => void;
  onChoose: (field: Field, value: ListedValue | null) => void;
};

/** The first step: fields as the cards group them, or, while something is typed, fields and values that have it. */
export function FieldPicker({ question, ofOneLink, before, onClose, onChoose }: Props) {
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const asked = new URLSearchParams(question);
  asked.set("search", wanted);
  const found = useJson<Found>(wanted === "" ? null : hrefTo("/api/values", asked), 180);
  const isOffered = (field: Field) => !ofOneLink || !(field === "linkId" || isLinkField(field));
  const isWanted = (field: Field) => fieldWords(field).label.toLowerCase().includes(wanted);
  const has = (row: ListedValue) => `${row.text} ${row.note} ${row.value}`.toLowerCase().includes(wanted);
  const fields: PickerGroup[] = FIELD_GROUPS.map(({ title, fields }) => ({
    title,
    options: fields
      .filter((field) => isOffered(field) && isWanted(field))
      .map((field) => ({ id: field, text: fieldWords(field).label, onChoose: () => onChoose(field, null) })),
  }));
  const values: PickerGroup[] = (wanted === "" ? [] : (found.data?.fields ?? []))
    .filter(({ field }) => isOffered(field))
    .map(({ field, label, rows }) => ({
      title: text.valuesOf(label),
      // Until an answer is there, what the last one found is shown as far as it fits.
      options: rows.filter(has).map((row) => ({
        id: JSON.stringify([field, row.value, row.note]),
        text: row.text,
        icon: isDimension(field) && (
          <RowIcon dimension={field} value={row.value} country={row.country} text={row.text} />
        ),
        note: <span className="tabular-nums">{row.count}</span>,
        onChoose: () => onChoose(field, row),
      })),
    }));
  const groups = [...fields, ...values].filter(({ options }) => options.length > 0);
  return (
    <>
      {before && (
        <p className="shrink-0 truncate border-line border-b bg-raised px-4 py-2 text-muted">
          {text.alternativeOf(before)}
        </p>
      )}
      <Picker
        label={text.searchAll}
        placeholder={text.placeholder}
        query={query}
        onQuery={setQuery}
        groups={groups}
        action={<CloseButton onClose={onClose} />}
        status={
          <Asking
            loading={found.loading}
            error={found.error}
            empty={groups.length === 0 ? text.nothingFound : null}
            onAgain={found.again}
          />
        }
      />
    </>
  );
}
