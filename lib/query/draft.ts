import { noneOf, type Operator } from "@/lib/query/conditions";
import type { Condition, Field } from "@/lib/query/filters";

/** A condition as somebody makes it: `empty` and `notEmpty` need no values, the others at least one. */
export type Draft = { field: Field; operator: Operator; values: (string | null)[] };

/** What a condition is edited as. One about no value alone is a ticked row where the field has a word for that. */
export function draftOf({ field, op, values }: Condition): Draft {
  const onlyEmpty = values.length === 1 && values[0] === null;
  if (!onlyEmpty || noneOf(field) !== null) return { field, operator: op, values };
  return { field, operator: op === "is" ? "empty" : "notEmpty", values: [] };
}

/** The condition that a draft stands for, or null while it names no value. */
export function conditionOf({ field, operator, values }: Draft): Condition | null {
  if (operator === "empty" || operator === "notEmpty")
    return { field, op: operator === "empty" ? "is" : "isNot", values: [null] };
  const named = [...new Set(values)].filter((value) => value !== "");
  return named.length > 0 ? { field, op: operator, values: named } : null;
}

/** What the values of an operator are: whole values, parts of text, or nothing to name. */
export const KINDS: Record<Operator, "values" | "text" | "none"> = {
  is: "values",
  isNot: "values",
  contains: "text",
  notContains: "text",
  empty: "none",
  notEmpty: "none",
};

/** The same with another operator. What was named goes when it is of another kind. */
export function withOperator(draft: Draft, operator: Operator): Draft {
  return { ...draft, operator, values: KINDS[operator] === KINDS[draft.operator] ? draft.values : [] };
}
