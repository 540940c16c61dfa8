import { text as words } from "@/lib/base/problems";
import { BOT_WORDS, DIMENSIONS, isClickDimension, isTimeDimension, WEEKDAYS } from "@/lib/click/dimensions";
import { type Condition, type FieldName, LINK_FIELDS } from "@/lib/question/question";

/** Operators on a field: those with values, and the two about having one. */
export const OPERATORS = ["is", "isNot", "contains", "notContains", "empty", "notEmpty"] as const;
export type Operator = (typeof OPERATORS)[number];

/** `any` and `any2` name groups. `.contains` and `.empty` are operators that Dub lacks. */
const NAME = /^(?:(any\d{0,3})\.)?(\w+)(?:\.(contains|empty))?$/;

export type Reading = { group: string | null; condition: Condition } | { problem: string };

const FIELDS: ReadonlySet<string> = new Set([...DIMENSIONS.map(({ key }) => key), ...LINK_FIELDS]);
const NONE = new Map<string, string>(DIMENSIONS.map(({ key, none }) => [key, none]));

/** Fields with a closed list of values. */
const CHOICES: Partial<Record<FieldName, readonly string[]>> = {
  bot: BOT_WORDS,
  hour: Array.from({ length: 24 }, (_, hour) => String(hour)),
  weekday: WEEKDAYS,
  archived: ["true", "false"],
  root: ["true", "false"],
};

/** Ids can't be searched as text. */
const IDS: readonly FieldName[] = ["tagId", "folderId", "externalId", "tenantId", "partnerId", "programId"];

/** Fields that always have a value, which is an id or one of few words. */
const CERTAIN: readonly FieldName[] = ["linkId", "trigger"];

export const isField = (name: string): name is FieldName => FIELDS.has(name);

/** Operators of a field, in menu order. */
export function operatorsOf(field: FieldName): readonly Operator[] {
  if (CHOICES[field] || CERTAIN.includes(field)) return ["is", "isNot"];
  return IDS.includes(field) ? ["is", "isNot", "empty", "notEmpty"] : OPERATORS;
}

export const noneOf = (field: FieldName): string | null => NONE.get(field) ?? null;

/** A parameter in today's names, or null when it is empty: Dub's older ones are `tagIds` and `qr`. */
export function inTodaysWords(name: string, value: string): [name: string, value: string] | null {
  if (name === "tagIds") return ["tagId", value];
  if (name !== "qr") return [name, value];
  if (value === "false") return null;
  return value === "true" ? ["trigger", "qr"] : [name, value];
}

/**
 * Reads one parameter, such as `country=-DE,US`, `referer.contains=google`, `utm_source.empty=true` or, in a group of
 * alternatives, `any.country=DE`. Null if the name isn't a condition's.
 */
export function readCondition(name: string, text: string): Reading | null {
  const [, group = null, field = "", operator] = NAME.exec(name) ?? [];
  if (!isField(field)) return null;
  const read = operator === "empty" ? readEmpty(field, text) : readValues(field, text, operator === "contains");
  return "problem" in read ? read : { group, condition: { field, ...read } };
}

/** Values of all conditions of a question: a statement has at most 65,535 parameters. */
const MOST_VALUES = 10_000;
/** Parts of text, for which every click is searched. */
const MOST_PARTS = 100;

/** What is wrong with conditions that are too many together; null if they aren't. */
export function tooMany(conditions: readonly Condition[]): { field: FieldName; message: string } | null {
  const left = { values: MOST_VALUES, parts: MOST_PARTS };
  for (const { field, op, values } of conditions) {
    left.values -= Math.max(1, values.length);
    if (op === "contains" || op === "notContains") left.parts -= values.length;
    if (left.values < 0) return { field, message: words.filters.tooMany(MOST_VALUES) };
    if (left.parts < 0) return { field, message: words.filters.tooManyParts(MOST_PARTS) };
  }
  return null;
}

type ReadValues = Pick<Condition, "op" | "values"> | { problem: string };

function readEmpty(field: FieldName, text: string): ReadValues {
  if (CHOICES[field]) return { problem: words.filters.neverEmpty };
  if (text !== "true" && text !== "false") return { problem: words.flag };
  return { op: text === "true" ? "is" : "isNot", values: [null] };
}

function readValues(field: FieldName, text: string, contains: boolean): ReadValues {
  const choices = CHOICES[field];
  const { op, values } = parseValues(text, contains || choices ? null : (NONE.get(field) ?? null));
  if (values.length === 0) return { problem: words.filters.noValue };
  if (contains) {
    if (choices || IDS.includes(field)) return { problem: words.filters.wholeValue(field) };
    return { op: op === "is" ? "contains" : "notContains", values };
  }
  if (choices && !values.every((value) => value !== null && choices.includes(value)))
    return { problem: isTimeDimension(field) ? words.fromTo(choices[0], choices.at(-1)) : words.oneOf(choices) };
  return { op, values };
}

/** The parameter of a condition. */
export function formatCondition({ field, op, values }: Condition, group: string | null): [name: string, text: string] {
  const name = group === null ? field : `${group}.${field}`;
  if (op === "contains" || op === "notContains") {
    return [`${name}.contains`, formatValues(op === "contains" ? "is" : "isNot", values, null)];
  }
  const none = NONE.get(field) ?? null;
  if (values.includes(null) && none === null) return [`${name}.empty`, String(op === "is")];
  return [name, formatValues(op, values, none)];
}

/** Whether a field is a property of the link, whose links are looked up first. */
export function isLinkField(field: FieldName): field is (typeof LINK_FIELDS)[number] {
  return !isClickDimension(field) && !isTimeDimension(field);
}

type Values = Pick<Condition, "op" | "values">;

/**
 * Reads values in Dub's syntax: a leading `-` negates the list, commas separate, empty parts are dropped. Beyond Dub, a
 * backslash escapes the next character: `\,`, `\\`, a leading `\-`, and `\(none)` for that text. `none` names no value.
 */
export function parseValues(text: string, none: string | null): Values {
  const op = text.startsWith("-") ? "isNot" : "is";
  const parts = (op === "isNot" ? text.slice(1) : text).match(/(?:\\[\s\S]|[^,\\]|\\$)+/g) ?? [];
  return { op, values: parts.map((part) => (part === none ? null : part.replace(/\\([\s\S])/g, "$1"))) };
}

/** The inverse of `parseValues`. */
export function formatValues(op: Condition["op"], values: Condition["values"], none: string | null): string {
  const parts = values.map((value) => (value === null ? (none ?? "") : escapeValue(value, none)));
  return (op === "isNot" ? "-" : "") + parts.join(",");
}

function escapeValue(value: string, none: string | null): string {
  const escaped = value.replace(/[\\,]/g, "\\$&");
  return value === none || value.startsWith("-") ? `\\${escaped}` : escaped;
}

/** A condition in the editor: `empty` and `notEmpty` need no values, the others at least one. */
export type Draft = { field: FieldName; operator: Operator; values: (string | null)[] };

/** Opens a condition in the editor. A condition on no value alone is a ticked row if the field has a name for that. */
export function draftOf({ field, op, values }: Condition): Draft {
  const onlyEmpty = values.length === 1 && values[0] === null;
  if (!onlyEmpty || noneOf(field) !== null) return { field, operator: op, values };
  return { field, operator: op === "is" ? "empty" : "notEmpty", values: [] };
}

/** The edited condition, or null while it has no values. */
export function conditionOf({ field, operator, values }: Draft): Condition | null {
  if (operator === "empty" || operator === "notEmpty")
    return { field, op: operator === "empty" ? "is" : "isNot", values: [null] };
  const named = [...new Set(values)].filter((value) => value !== "");
  return named.length > 0 ? { field, op: operator, values: named } : null;
}

/** Kind of an operator's values: whole values, parts of text, or none. */
export const KINDS: Record<Operator, "values" | "text" | "none"> = {
  is: "values",
  isNot: "values",
  contains: "text",
  notContains: "text",
  empty: "none",
  notEmpty: "none",
};

/** Changes the operator. Values of another kind are dropped. */
export function withOperator(draft: Draft, operator: Operator): Draft {
  return { ...draft, operator, values: KINDS[operator] === KINDS[draft.operator] ? draft.values : [] };
}
