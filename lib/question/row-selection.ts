import { freeText, tidyText } from "@/lib/base/clean";
import { fold } from "@/lib/base/fold";
import { spellPage, spellReferer } from "@/lib/click/address";
import { spellEscapes } from "@/lib/click/escapes";
import { withoutPunycode } from "@/lib/click/hosts";
import type { BreakdownRow } from "@/lib/question/answer-types";
import type { FieldName, RowsPart } from "@/lib/question/question";

/** Fields whose values are URLs, in which letters may be escaped. */
const ADDRESSES: readonly FieldName[] = ["url", "baseUrl", "refererUrl"];

/** Normalises a part of a field's value like stored ones. A space is a part too; invisible text is in no value. */
export function partOfValue(field: FieldName, text: string): string {
  const tidy = withoutPunycode(freeText(text) ?? (text === "" ? "" : " "));
  return ADDRESSES.includes(field) ? spellEscapes(tidy) : tidy;
}

const LIKE_ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\/\/\S+|[^\s/?#]+\.[^\s/?#]+(?:[/?#]\S*)?)$/i;

/** Host and path of a URL copied from a browser or mail. */
function pasted(text: string): string {
  if (/^(?:android|ios)-app:/i.test(text)) return spellReferer(text) ?? text;
  return spellPage(text.includes("://") ? text : `https://${text}`)
    .replace(/^https?:\/\//, "")
    .replace(/\/+$/, "");
}

/** Alternative forms of a search text; one match is enough. */
export function searchForms(search: string): string[] {
  const tidy = tidyText(search);
  const forms = [tidy, withoutPunycode(tidy), ...(LIKE_ADDRESS.test(tidy) ? [pasted(tidy)] : [])];
  return [...new Set(forms.filter((form) => form !== ""))];
}

/** Matches text that contains the search, ignoring case and accents. */
export function searcher(search: string): (text: string) => boolean {
  const forms = searchForms(search).map(fold);
  return (text) => {
    const folded = fold(text);
    return forms.some((form) => folded.includes(form));
  };
}

/** Code point order, which is byte order; no value last. */
export function compareValues(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const DICTIONARY = new Intl.Collator("en", { numeric: true });

/** Dictionary order with numbers by value; no value last. Ties are ordered by bytes. */
export function compareNames(a: string | null, b: string | null): number {
  return (a !== null && b !== null && DICTIONARY.compare(a, b)) || compareValues(a, b);
}

export const slice = <Row>(rows: readonly Row[], { offset, limit }: RowsPart): Row[] =>
  rows.slice(offset, limit === null ? undefined : offset + limit);

/** The requested part of rows that no database made: searched by `text`, or sorted by `place`. */
export function cutRows(
  rows: readonly BreakdownRow[],
  part: RowsPart,
  text: (row: BreakdownRow) => string | null,
  place = text,
): { rows: BreakdownRow[]; rowCount: number } {
  const { by, descending } = part.order;
  const has = part.search === null ? () => true : searcher(part.search);
  const sign = descending ? -1 : 1;
  const number = (row: BreakdownRow) => (by === "clicks" ? row.clicks : row.clicks - (row.previous ?? 0));
  const found = rows
    .filter((row) => (part.only?.includes(row.value) ?? true) && has(text(row) ?? ""))
    .sort((a, b) => {
      if (by !== "value")
        return sign * (number(a) - number(b)) || compareValues(text(a), text(b)) || compareValues(a.value, b.value);
      const [first, second] = [place(a), place(b)];
      if (first === null || second === null) return compareValues(first, second);
      return sign * compareNames(first, second) || compareValues(a.value, b.value);
    });
  return { rows: slice(found, part), rowCount: found.length };
}
