import { DIMENSIONS, type DimensionKey, dimension } from "@/lib/dimensions";
import { displayValue } from "@/lib/format";
import type { LinkSummary } from "@/lib/query/answers";
import type { Condition, Field } from "@/lib/query/filters";

const LINK_LABELS: Record<Exclude<Field, DimensionKey>, string> = {
  key: "Link key",
  title: "Link title",
  archived: "Archived",
  root: "Root link",
};

const VERBS: Record<Condition["op"], string> = {
  is: "is",
  isNot: "is not",
  contains: "contains",
  notContains: "does not contain",
};

function isDimension(field: Field): field is DimensionKey {
  return DIMENSIONS.some(({ key }) => key === field);
}

function valueWords({ field, op }: Condition, value: string, links: Map<string, LinkSummary>): string {
  if (op === "contains" || op === "notContains") return `“${value}”`;
  if (!isDimension(field)) return { true: "yes", false: "no" }[value] ?? value;
  const link = field === "linkId" ? links.get(value) : undefined;
  if (link) return link.shortLink?.replace(/^https?:\/\//, "") ?? link.id;
  // A `?` at the end is how an address says that it has no query; nobody has to read that.
  return displayValue(field, field === "url" ? value.replace(/\?$/, "") : value);
}

/** A condition in words: what, how, which. */
export function conditionWords(condition: Condition, links: Map<string, LinkSummary>) {
  const { field, op, values } = condition;
  const subject = isDimension(field) ? dimension(field).label : LINK_LABELS[field];
  const isEmpty = values.length === 1 && values[0] === null;
  if (isEmpty && (!isDimension(field) || dimension(field).of === "link"))
    return { subject, verb: VERBS[op], object: "empty" };
  const words = values.map((value) =>
    value === null ? (isDimension(field) ? dimension(field).none : "empty") : valueWords(condition, value, links),
  );
  return { subject, verb: VERBS[op], object: words.join(" or ") };
}
