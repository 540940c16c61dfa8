import "server-only";
import { fold } from "@/lib/base/fold";
import { sameKey } from "@/lib/click/destination";
import { DIMENSIONS, type DimensionKey, isClickDimension } from "@/lib/click/dimensions";
import type { LinkSummary } from "@/lib/click/links";
import { breakdown, byLinkProperty, type countBy, countTogether } from "@/lib/question/answer/breakdown";
import { isSentId, linkValues, type SentId } from "@/lib/question/answer/stored-links";
import type { Breakdown, BreakdownRow, FieldValue, FieldValues } from "@/lib/question/answer-types";
import { isDimension } from "@/lib/question/fields";
import {
  ALL_ROWS,
  type FieldName,
  type Filters,
  isHidden,
  type Question,
  type RowsPart,
} from "@/lib/question/question";
import { cutRows, searcher } from "@/lib/question/row-selection";
import { fieldValue, isInWords, toldApart } from "@/lib/question/words";

/** Values of a field whose display text contains `search`, ignoring case. */
type ValuesPart = { search: string | null; limit: number };

const LINK_VALUES: Record<
  Exclude<FieldName, DimensionKey | SentId>,
  (link: LinkSummary | undefined) => string | null
> = {
  key: (link) => link?.key ?? null,
  title: (link) => link?.title ?? null,
  archived: (link) => String(link?.archived ?? false),
  root: (link) => String(link?.key === "_root"),
};

type Read = (key: DimensionKey, part?: Partial<RowsPart>) => Promise<Breakdown>;

/** Values of one field among the clicks, to choose from. */
export function values(filters: Filters, { field, ...part }: ValuesPart & { field: FieldName }): Promise<FieldValues> {
  const uncompared: Filters = { ...filters, comparison: null };
  return valuesOf(field, part, (key, rows) => breakdown(uncompared, key, { rows }));
}

/** Whether people search for display texts that differ from stored values, so that all rows are needed. */
const needsAllRows = (field: FieldName) => isInWords(field) || field === "linkId";

async function valuesOf(field: FieldName, part: ValuesPart, read: Read): Promise<FieldValues> {
  if (isDimension(field) && field !== "city" && !needsAllRows(field)) {
    const { rows, rowCount, total } = await read(field, part);
    return { rows: toldApart(rows.map((row) => fieldValue(field, row))), rowCount, total };
  }
  const { search, limit } = part;
  const { rows, total } = await allRows(field, search, read);
  const has = search === null ? () => true : searcher(search);
  const found = rows.map((row) => fieldValue(field, row)).filter((value) => has(wordsOf(value)));
  return { rows: toldApart(found.slice(0, limit)), rowCount: found.length, total };
}

const wordsOf = ({ value, text, note }: FieldValue) => [text, note, value].filter(Boolean).join(" ");

async function allRows(field: FieldName, search: string | null, read: Read): Promise<Breakdown> {
  if (field === "hour" || field === "weekday") return read(field, { order: { by: "value", descending: false } });
  if (field === "city") return merged(await read(field, { search }), ({ value }) => value);
  if (isDimension(field)) return read(field);
  const links = await read("linkId");
  if (isSentId(field)) {
    const ids = links.rows.flatMap(({ value }) => value ?? []);
    return byLinkProperty(links, await linkValues(field, ids), ALL_ROWS);
  }
  return merged(links, ({ link }) => LINK_VALUES[field](link), field === "key" ? sameKey : undefined);
}

/** Merges rows of the same value: cities of one name, links of one title or key. */
function merged(
  breakdown: Breakdown,
  read: (row: BreakdownRow) => string | null,
  identityOf = (value: string): string => value,
): Breakdown {
  const rows = new Map<string | null, BreakdownRow>();
  for (const row of breakdown.rows) {
    const value = read(row);
    const identity = value === null ? null : identityOf(value);
    const known = rows.get(identity);
    // Several places have no common name.
    if (known) rows.set(identity, { value: known.value, clicks: known.clicks + row.clicks });
    else rows.set(identity, { value, clicks: row.clicks, ...(row.place && { place: row.place }) });
  }
  return { ...breakdown, rows: [...rows.values()].sort((a, b) => b.clicks - a.clicks) };
}

/** Fields searched when none is chosen. Titles and keys are found with their links; hours and weekdays are few. */
const SEARCHED = DIMENSIONS.flatMap(({ key, searchOrder }) => (searchOrder ? [{ key, searchOrder }] : []))
  .toSorted((a, b) => a.searchOrder - b.searchOrder)
  .map(({ key }) => key);

/** Few rows per field: whoever wants more chooses the field. */
const ROWS_OF_FIELD = 3;

/** Values of any field whose text contains `search`, from one statement; fields with one that starts with it first. */
export async function valueSearch(
  question: Question,
  { search }: { search: string },
): Promise<({ field: FieldName } & FieldValues)[]> {
  const part = { search, limit: ROWS_OF_FIELD };
  const uncompared: Filters = { ...question, comparison: null };
  const searched = SEARCHED.filter((field) => !isHidden(question.scope, field));
  const rowsNeeded = (field: FieldName): RowsPart =>
    needsAllRows(field) ? ALL_ROWS : { ...ALL_ROWS, search, limit: field === "city" ? null : ROWS_OF_FIELD };
  const asked = searched.flatMap((field) => (isClickDimension(field) ? ([[field, rowsNeeded(field)]] as const) : []));
  const counted = await countTogether(uncompared, asked);
  const countedAlready: typeof countBy = async (_, key) => counted.get(key) ?? { rows: [], rowCount: 0, total: 0 };
  const read: Read = (key, rows) => breakdown(uncompared, key, { rows, count: countedAlready });
  const found = await Promise.all(searched.map(async (field) => ({ field, ...(await valuesOf(field, part, read)) })));
  const begins = ({ rows }: FieldValues) => rows.some(({ text }) => fold(text).startsWith(fold(search)));
  return found.filter(({ rows }) => rows.length > 0).toSorted((a, b) => Number(begins(b)) - Number(begins(a)));
}

/** Rows searched and sorted by display text. `rowCount` is of the rows found, `total` of all clicks. */
export async function rowsInWords(
  filters: Filters,
  { key, rows: part }: { key: DimensionKey; rows: RowsPart },
): Promise<Breakdown> {
  if (!needsAllRows(key)) return breakdown(filters, key, { rows: part });
  const all = await breakdown(filters, key);
  const words = (row: BreakdownRow) => wordsOf({ ...fieldValue(key, row), value: row.value });
  // Equal texts are sorted by value; no value comes last.
  const place = (row: BreakdownRow) => (row.value === null ? null : fieldValue(key, row).text);
  return { ...all, ...cutRows(all.rows, part, words, place) };
}
