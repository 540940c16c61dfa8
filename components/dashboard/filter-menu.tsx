"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { conditionOf, type Draft, draftOf, operatorsOf } from "@/lib/question/codec/conditions";
import { questionOf } from "@/lib/question/codec/parameters";
import {
  type Placed,
  placedConditions,
  withAlternative,
  withCondition,
  withoutPlaced,
  withReplaced,
  withValue,
} from "@/lib/question/codec/write";
import { fieldWords } from "@/lib/question/fields";
import type { Field } from "@/lib/question/question";
import { text } from "@/lib/text/filters";
import { FieldPicker } from "./field-picker";
import type { FilterTarget } from "./filter-host";
import { ValueEditor } from "./value-editor";
import type { ListedValue } from "./value-list";

/** The second step: a draft, the condition it is to replace, and the words of values that were named before. */
type Step = { draft: Draft; replaces: Placed | null; known: ListedValue[] };

const named = (draft: Draft, labels: readonly string[]): ListedValue[] =>
  draft.values.map((value, index) => ({ value, text: labels[index] ?? value ?? "", note: null, country: null }));

function stepOf(place: Placed, labels: readonly string[]): Step {
  const draft = draftOf(place.condition);
  return { draft, replaces: place, known: named(draft, labels) };
}

/** A field that has a condition already is edited: a click cannot have two values. */
function stepFor(params: URLSearchParams, field: Field, isAlternative: boolean, value: ListedValue | null): Step {
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

/** Two steps to a condition: what it is about, then which values. It writes the address and nothing else. */
export function FilterMenu({ target, anchor, linkId, onApply, onClose }: Props) {
  const params = new URLSearchParams(useSearchParams());
  const [step, setStep] = useState<Step | null>(target.kind === "edit" ? stepOf(target.place, target.labels) : null);
  const beside = target.kind === "or" ? target.place : null;
  const replaces = step?.replaces ?? null;

  // What the values are counted under: all conditions but the one that is made here, and those it is an alternative to.
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
      label={step ? text.filterBy(fieldWords(step.draft.field).label) : beside ? text.addAlternative : text.add}
      anchor={anchor}
      width={step ? 384 : 352}
      step={step?.draft.field ?? ""}
      onClose={onClose}
    >
      {(close) =>
        step ? (
          <ValueEditor
            key={step.draft.field}
            start={step.draft}
            known={step.known}
            question={question}
            before={target.kind === "or" ? target.words : null}
            removable={replaces !== null}
            onBack={target.kind === "edit" ? null : () => setStep(null)}
            onClose={close}
            onApply={(draft) => {
              close();
              onApply(edited(draft));
            }}
          />
        ) : (
          <FieldPicker
            question={question}
            ofOneLink={linkId !== null}
            before={target.kind === "or" ? target.words : null}
            onClose={close}
            onChoose={(field, value) => setStep(stepFor(params, field, beside !== null, value))}
          />
        )
      }
    </Dialog>
  );
}
