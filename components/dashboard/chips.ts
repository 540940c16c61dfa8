import { DIMENSIONS, type DimensionKey, dimension } from "@/lib/dimensions";
import { displayValue } from "@/lib/format";
import type { LinkSummary } from "@/lib/query/answers";
import type { Condition, LinkField } from "@/lib/query/filters";

const LINK_LABELS: Record<LinkField, string> = {
  domain: "Domain",
  key: "Link key",
  tagId: "Tag",
  folderId: "Folder",
  root: "Root link",
};

function isDimension(field: Condition["field"]): field is DimensionKey {
  return DIMENSIONS.some(({ key }) => key === field);
}

function valueWords(condition: Condition, value: string | null, links: Map<string, LinkSummary>): string {
  if (!isDimension(condition.field)) return value ?? "none";
  const link = condition.field === "linkId" && value !== null ? links.get(value) : undefined;
  if (link) return link.shortLink?.replace(/^https?:\/\//, "") ?? link.id;
  // A `?` at the end is how an address says that it has no query; nobody has to read that.
  return displayValue(condition.field, condition.field === "url" ? (value?.replace(/\?$/, "") ?? null) : value);
}

/** A condition in words: what, how, which. */
export function conditionWords(condition: Condition, links: Map<string, LinkSummary>) {
  const { field, op, values } = condition;
  return {
    subject: isDimension(field) ? dimension(field).label : LINK_LABELS[field],
    verb: op === "is" ? "is" : "is not",
    object: values.map((value) => valueWords(condition, value, links)).join(" or "),
  };
}
