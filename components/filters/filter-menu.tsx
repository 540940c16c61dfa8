"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Picker, type PickerGroup } from "@/components/ui/picker";
import { RowIcon } from "@/components/ui/row-icon";
import { Asking, useJson } from "@/components/ui/use-json";
import { conditionOf, type Draft, draftOf, operatorsOf } from "@/lib/question/codec/conditions";
import { questionOf } from "@/lib/question/codec/parameters";
import { hrefTo } from "@/lib/question/codec/query-string";
import {
  type Placed,
  placedConditions,
  withAlternative,
  withCondition,
  withoutPlaced,
  withReplaced,
  withValue,
} from "@/lib/question/codec/write";
import { FIELD_GROUPS, fieldWords, isDimension } from "@/lib/question/fields";
import type { FieldName } from "@/lib/question/question";
import type { FilterTarget } from "./filter-host";
import { type FoundValues, isOffered, shownValues } from "./found-values";
import { ValueEditor } from "./value-editor";
import type { ListedValue } from "./value-list";

type FieldPickerProps = {
  /** The parameters with which values are counted. */
  question: URLSearchParams;
  /** On a link's page its properties leave nothing to choose. */
  ofOneLink: boolean;
  onChoose: (field: FieldName, value: ListedValue | null) => void;
};

/** First step: fields by card or, while typing, matching fields and values. */
function FieldPicker({ question, ofOneLink, onChoose }: FieldPickerProps) {
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const asked = new URLSearchParams(question);
  asked.set("search", wanted);
  const found = useJson<FoundValues>(wanted === "" ? null : hrefTo("/api/values", asked), 180);
  const isWanted = (field: FieldName) => fieldWords(field).label.toLowerCase().includes(wanted);
  const fields: PickerGroup[] = FIELD_GROUPS.map(({ title, fields }) => ({
    title,
    options: fields
      .filter((field) => isOffered(field, ofOneLink) && isWanted(field))
      .map((field) => ({ id: field, text: fieldWords(field).label, onChoose: () => onChoose(field, null) })),
  }));
  const values: PickerGroup[] = shownValues(found, wanted, ofOneLink).map(({ field, label, rows }) => ({
    title: `${label} is`,
    options: rows.map((row) => ({
      id: JSON.stringify([field, row.value, row.note]),
      text: row.text,
      icon: isDimension(field) && <RowIcon dimension={field} {...row} />,
      note: <span className="tabular-nums">{row.count}</span>,
      onChoose: () => onChoose(field, row),
    })),
  }));
  const groups = [...fields, ...values].filter(({ options }) => options.length > 0);
  return (
    <Picker
      label="Search properties and values"
      placeholder="Filter by …"
      query={query}
      onQuery={setQuery}
      groups={groups}
      status={
        <Asking
          loading={found.loading}
          error={found.error}
          empty={groups.length === 0 ? "No matching properties or values." : null}
          onAgain={found.again}
        />
      }
    />
  );
}

/** Second step: the edited condition, the one to replace, and texts of values chosen before. */
type Step = { draft: Draft; replaces: Placed | null; known: ListedValue[] };

function stepOf(place: Placed, labels: readonly string[]): Step {
  const draft = draftOf(place.condition);
  const textOf = (value: string | null, index: number) => labels[index] ?? value ?? "";
  const known = draft.values.map((value, at) => ({ value, text: textOf(value, at), note: null, country: null }));
  return { draft, replaces: place, known };
}

/** A field with a condition is edited: a click can't have two values. */
function stepFor(params: URLSearchParams, field: FieldName, isAlternative: boolean, value: ListedValue | null): Step {
  const standing = placedConditions(params).find(
    ([first, ...more]) => more.length === 0 && first?.condition.field === field && first.condition.op === "is",
  )?.[0];
  const step =
    standing && !isAlternative
      ? stepOf(standing, [])
      : { draft: { field, operator: operatorsOf(field)[0] ?? "is", values: [] }, replaces: null, known: [] };
  if (value === null) return step;
  const values = [...new Set([...step.draft.values, value.value])];
  return { ...step, draft: { ...step.draft, values }, known: [...step.known, value] };
}

type Props = {
  target: FilterTarget;
  anchor: HTMLElement;
  linkId: string | null;
  onApply: (params: URLSearchParams) => void;
  onClose: () => void;
};

/** Two steps to a condition: the field, then its values. Only changes the URL. */
export function FilterMenu({ target, anchor, linkId, onApply, onClose }: Props) {
  const params = new URLSearchParams(useSearchParams());
  const [step, setStep] = useState<Step | null>(target.kind === "edit" ? stepOf(target.place, target.labels) : null);
  const beside = target.kind === "or" ? target.place : null;
  const replaces = step?.replaces ?? null;

  // Values are counted with all conditions except the edited one and its alternatives.
  const own = placedConditions(params).find((list) =>
    list.some((place) => JSON.stringify(place) === JSON.stringify(replaces ?? beside)),
  );
  const others = questionOf(withoutPlaced(params, own ?? []), usePathname());
  const question = linkId === null ? others : withValue(others, "linkId", linkId);

  const edited = (draft: Draft): URLSearchParams => {
    const condition = conditionOf(draft);
    if (replaces) return condition ? withReplaced(params, replaces, condition) : withoutPlaced(params, [replaces]);
    if (!condition) return params;
    return beside ? withAlternative(params, beside, condition) : withCondition(params, condition, null);
  };
  return (
    <Dialog
      label={step ? `Filter by ${fieldWords(step.draft.field).label}` : beside ? "Add an alternative" : "Add a filter"}
      anchor={anchor}
      width={step ? 384 : 352}
      step={step?.draft.field ?? ""}
      onClose={onClose}
    >
      {target.kind === "or" && (
        <p className="shrink-0 truncate border-line border-b bg-raised px-4 py-2 text-muted">{target.words}, or …</p>
      )}
      {step ? (
        <ValueEditor
          key={step.draft.field}
          start={step.draft}
          known={step.known}
          question={question}
          removable={replaces !== null}
          onBack={target.kind === "edit" ? null : () => setStep(null)}
          onApply={(draft) => onApply(edited(draft))}
        />
      ) : (
        <FieldPicker
          question={question}
          ofOneLink={linkId !== null}
          onChoose={(field, value) => setStep(stepFor(params, field, beside !== null, value))}
        />
      )}
    </Dialog>
  );
}
