import type { BreakdownRow } from "@/lib/question/answers";
import type { RowsPart } from "@/lib/question/question";
import { searcher } from "@/lib/question/search-text";

/** The order of bytes, which is the order of code points; no value last. */
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

/** The part of the rows that was asked for, of rows that no database made: searched by `text`, or sorted by `place`. */
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
    .filter((row) => has(text(row) ?? ""))
    .sort((a, b) => {
      if (by !== "value")
        return sign * (number(a) - number(b)) || compareValues(text(a), text(b)) || compareValues(a.value, b.value);
      const [first, second] = [place(a), place(b)];
      if (first === null || second === null) return compareValues(first, second);
      return sign * compareNames(first, second) || compareValues(a.value, b.value);
    });
  return { rows: slice(found, part), rowCount: found.length };
}
