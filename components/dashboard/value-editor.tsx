"use client";

import { ArrowLeft } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { CloseButton } from "@/components/ui/close-button";
import {
  conditionOf,
  type Draft,
  KINDS,
  OPERATORS,
  type Operator,
  operatorsOf,
  withOperator,
} from "@/lib/question/codec/conditions";
import { fieldWords, OPERATOR_WORDS } from "@/lib/question/fields";
import { text } from "@/lib/text/filters";
import { TextList } from "./text-list";
import { type ListedValue, ValueList } from "./value-list";

type Props = {
  start: Draft;
  /** The words of values that are named at the start. */
  known: ListedValue[];
  /** The parameters under which values are counted. */
  question: URLSearchParams;
  /** What this is an alternative to, in words. */
  before: string | null;
  /** Whether naming nothing takes a condition away. */
  removable: boolean;
  onBack: (() => void) | null;
  onClose: () => void;
  onApply: (draft: Draft) => void;
};

/** The second step: how, and which values. Enter applies, wherever the focus is. */
export function ValueEditor({ start, known, question, before, removable, onBack, onClose, onApply }: Props) {
  const [draft, setDraft] = useState(start);
  const [part, setPart] = useState("");
  const { field, operator } = draft;
  const { label } = fieldWords(field);
  const kind = KINDS[operator];
  // What was typed counts without being added first.
  const typed = kind === "text" && part.trim() !== "" ? [part] : [];
  const whole = { ...draft, values: [...draft.values, ...typed] };
  const isNothing = conditionOf(whole) === null;
  const apply = (event: SubmitEvent) => {
    event.preventDefault();
    if (!isNothing || removable) onApply(whole);
  };
  const setValues = (values: Draft["values"]) => setDraft({ ...draft, values });
  return (
    <form onSubmit={apply} className="flex min-h-0 flex-1 flex-col">
      {before && (
        <p className="shrink-0 truncate border-line border-b bg-raised px-4 py-2 text-muted">
          {text.alternativeOf(before)}
        </p>
      )}
      <div className="flex shrink-0 items-center gap-2 border-line border-b py-1.5 pr-2 pl-2">
        {onBack ? (
          <button
            type="button"
            aria-label={text.back}
            onClick={onBack}
            className="grid size-9 shrink-0 place-items-center rounded-lg text-muted hover:bg-raised hover:text-ink"
          >
            <ArrowLeft aria-hidden className="size-4" />
          </button>
        ) : (
          <span className="w-1" />
        )}
        <h2 className="truncate font-semibold">{label}</h2>
        <select
          aria-label={text.operator}
          value={operator}
          onChange={(event) => {
            const chosen: Operator | undefined = OPERATORS.find((entry) => entry === event.target.value);
            if (chosen) setDraft(withOperator(draft, chosen));
          }}
          className="h-9 min-w-0 rounded-lg border border-line bg-surface px-2 hover:bg-raised"
        >
          {operatorsOf(field).map((entry) => (
            <option key={entry} value={entry}>
              {OPERATOR_WORDS[entry]}
            </option>
          ))}
        </select>
        <span className="ml-auto">
          <CloseButton onClose={onClose} />
        </span>
      </div>
      {kind === "values" && (
        <ValueList field={field} question={question} chosen={draft.values} known={known} onChange={setValues} />
      )}
      {kind === "text" && (
        <TextList label={label} text={part} onText={setPart} chosen={draft.values} onChange={setValues} />
      )}
      {kind === "none" && (
        <p className="flex-1 px-4 py-5 text-muted">{operator === "empty" ? text.withoutValue : text.withValue}</p>
      )}
      <div className="flex shrink-0 items-center justify-end gap-2 border-line border-t p-2.5">
        {draft.values.length > 0 && (
          <button
            type="button"
            onClick={() => setValues([])}
            className="mr-auto rounded-md px-2 py-1.5 font-medium text-accent hover:underline"
          >
            {kind === "text" ? text.removeAll : text.untickAll}
          </button>
        )}
        <Button type="submit" disabled={isNothing && !removable} className="disabled:cursor-not-allowed">
          {isNothing && removable ? text.removeFilter : text.apply}
        </Button>
      </div>
    </form>
  );
}
