import "server-only";
import type { Viewer } from "@/lib/access/viewer";
import type { DimensionKey } from "@/lib/dimensions";
import { answerBreakdown } from "@/lib/query/answer/breakdown";
import type { Breakdown, BreakdownRow } from "@/lib/query/answers";
import type { Filters } from "@/lib/query/filters";
import type { RowsQuestion } from "@/lib/query/plan";
import { cutRows } from "@/lib/query/rows";
import { fieldValue, isInWords } from "@/lib/query/value-words";

/**
 * A part of a breakdown's rows as people look for them: searched and sorted by what stands on the page. `rowCount` is of
 * the rows that the search finds; `total` is of all clicks.
 */
export async function answerRows(
  viewer: Viewer,
  filters: Filters,
  key: DimensionKey,
  question: RowsQuestion,
): Promise<Breakdown> {
  if (key !== "linkId" && !isInWords(key)) return answerBreakdown(viewer, filters, key, question);
  const all = await answerBreakdown(viewer, filters, key);
  const words = (row: BreakdownRow) => {
    const { text, note } = fieldValue(key, row);
    return [text, note, row.value].filter(Boolean).join(" ");
  };
  // What is the same in words stands as its values do; those without a value are last.
  const place = (row: BreakdownRow) => (row.value === null ? null : fieldValue(key, row).text);
  return { ...all, ...cutRows(all.rows, question, words, place) };
}
