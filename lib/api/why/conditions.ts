import { count } from "@/lib/base/format";
import { parseLongName } from "@/lib/base/long-value";
import { dimension } from "@/lib/click/dimensions";
import { linkName } from "@/lib/click/link-name";
import type { LinkSummary } from "@/lib/click/links";
import { fieldWords, isDimension, OPERATOR_WORDS } from "@/lib/question/fields";
import { text } from "@/lib/question/filters-text";
import type { Condition } from "@/lib/question/question";
import { valueWord } from "@/lib/question/words";

/** What ids are called: links by what is known of them, tags and folders by their names. */
export type Names = { links: Map<string, LinkSummary>; tags: Map<string, string>; folders: Map<string, string> };

function wordOf({ field, op }: Condition, value: string, { links, tags, folders }: Names): string {
  if (op === "contains" || op === "notContains") return `“${value}”`;
  const link = field === "linkId" ? links.get(value) : undefined;
  if (link) return linkName(link.id, link);
  if (field === "tagId") return tags.get(value) ?? value;
  if (field === "folderId") return folders.get(value) ?? value;
  const named = parseLongName(value);
  if (named) return text.longValue(count(named.length));
  // A `?` at the end is how an address says that it has no query; nobody has to read that.
  return valueWord(field, field === "url" ? value.replace(/\?$/, "") : value);
}

/** A condition in words: what, how, which; and each of its values alone. */
export function conditionWords(condition: Condition, names: Names) {
  const { field, op, values } = condition;
  const subject = fieldWords(field).label;
  const verb = OPERATOR_WORDS[op];
  const isEmpty = values.length === 1 && values[0] === null;
  if (isEmpty && (!isDimension(field) || dimension(field).of === "link"))
    return { subject, verb, object: "empty", labels: [valueWord(field, null)] };
  const labels = values.map((value) => (value === null ? valueWord(field, null) : wordOf(condition, value, names)));
  return { subject, verb, object: labels.join(" or "), labels };
}
