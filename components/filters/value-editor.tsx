"use client";

import { ArrowLeft, Plus, X } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { Button, QuietButton, TextButton } from "@/components/ui/button";
import { CloseButton, useCloseDialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import {
  conditionOf,
  type Draft,
  KINDS,
  type Operator,
  operatorsOf,
  withOperator,
} from "@/lib/question/codec/conditions";
import { fieldWords, OPERATOR_WORDS } from "@/lib/question/fields";
import { type ListedValue, ValueList } from "./value-list";

type TextListProps = {
  label: string;
  text: string;
  onText: (text: string) => void;
  chosen: Draft["values"];
  onChange: (values: Draft["values"]) => void;
};

/** Parts of text as alternatives, typed one after the other. */
function TextList({ label, text: typed, onText, chosen, onChange }: TextListProps) {
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
          aria-label={`Part of ${label}, ignoring case`}
          placeholder="Part of the text, ignoring case"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => onText(event.target.value)}
          className="h-10 min-w-0 flex-1 rounded-lg border border-strong-line bg-surface px-3 placeholder:text-muted max-sm:text-base"
        />
        <QuietButton onClick={add} disabled={typed.trim() === ""} className="h-10 disabled:text-muted">
          <Plus aria-hidden className="size-4" />
          or another
        </QuietButton>
      </div>
      <ul aria-label="Search terms" className="flex flex-wrap gap-1.5 empty:hidden">
        {chosen.map((value) => (
          <li key={value} className="flex max-w-full items-center rounded-lg border border-line pl-2.5">
            <span className="truncate">“{value}”</span>
            <IconButton
              small
              icon={X}
              label={`Remove “${value ?? ""}”`}
              onClick={() => onChange(chosen.filter((entry) => entry !== value))}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

type Props = {
  start: Draft;
  known: ListedValue[];
  /** The parameters with which values are counted. */
  question: URLSearchParams;
  /** Whether choosing nothing removes a condition. */
  removable: boolean;
  onBack: (() => void) | null;
  onApply: (draft: Draft) => void;
};

/** Second step: operator and values. Enter applies, wherever the focus is. */
export function ValueEditor({ start, known, question, removable, onBack, onApply }: Props) {
  const close = useCloseDialog();
  const [draft, setDraft] = useState(start);
  const [part, setPart] = useState("");
  const { field, operator } = draft;
  const { label } = fieldWords(field);
  const kind = KINDS[operator];
  // Typed text counts without being added first.
  const typed = kind === "text" && part.trim() !== "" ? [part] : [];
  const whole = { ...draft, values: [...draft.values, ...typed] };
  const isNothing = conditionOf(whole) === null;
  const apply = (event: SubmitEvent) => {
    event.preventDefault();
    if (isNothing && !removable) return;
    close();
    onApply(whole);
  };
  const setValues = (values: Draft["values"]) => setDraft({ ...draft, values });
  return (
    <form onSubmit={apply} className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 items-center gap-2 border-line border-b py-1.5 pr-2 pl-2">
        {onBack && <IconButton icon={ArrowLeft} label="Back to all properties" onClick={onBack} />}
        <h2 className="truncate font-semibold first:pl-3">{label}</h2>
        <select
          aria-label="Operator"
          value={operator}
          onChange={(event) => setDraft(withOperator(draft, event.target.value as Operator))}
          className="h-9 min-w-0 rounded-lg border border-line bg-surface px-2 hover:bg-raised"
        >
          {operatorsOf(field).map((entry) => (
            <option key={entry} value={entry}>
              {OPERATOR_WORDS[entry]}
            </option>
          ))}
        </select>
        <span className="ml-auto">
          <CloseButton />
        </span>
      </div>
      {kind === "values" && (
        <ValueList field={field} question={question} chosen={draft.values} known={known} onChange={setValues} />
      )}
      {kind === "text" && (
        <TextList label={label} text={part} onText={setPart} chosen={draft.values} onChange={setValues} />
      )}
      {kind === "none" && (
        <p className="flex-1 px-4 py-5 text-muted">
          {`Clicks ${operator === "empty" ? "without a" : "with any"} value. No other options.`}
        </p>
      )}
      <div className="flex shrink-0 items-center justify-end gap-2 border-line border-t p-2.5">
        {draft.values.length > 0 && (
          <TextButton onClick={() => setValues([])} className="mr-auto px-2 py-1.5">
            {kind === "text" ? "Remove all" : "Deselect all"}
          </TextButton>
        )}
        <Button type="submit" disabled={isNothing && !removable} className="disabled:cursor-not-allowed">
          {isNothing && removable ? "Remove filter" : "Apply"}
        </Button>
      </div>
    </form>
  );
}
