import type { Condition } from "@/lib/query/filters";

type Values = Pick<Condition, "op" | "values">;

/**
 * Reads one parameter in Dub's language: a leading `-` negates the whole list, commas separate, empty parts are dropped.
 * Beyond Dub, a backslash takes the next character literally, so that any value can be said: `\,`, `\\`, a leading `\-`,
 * and `\(none)` for the text rather than the absence. `none` is the dimension's word for no value.
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
