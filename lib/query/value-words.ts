import { FIELDS } from "@/lib/click/fields";
import { type DimensionKey, FIELD_OF, isClickDimension } from "@/lib/dimensions";
import { displayValue } from "@/lib/format";
import { linkName } from "@/lib/link-name";
import { cutText } from "@/lib/long-value";
import { exactly } from "@/lib/query/address";
import type { BreakdownRow } from "@/lib/query/answers";
import { isDimension } from "@/lib/query/fields";
import type { Field } from "@/lib/query/filters";
import { inShort } from "@/lib/query/shorten";

const FLAGS: Record<string, string> = { true: "yes", false: "no" };

/** Fields whose values are not shown as they are stored, so that people search for other words. All have few values. */
const IN_WORDS: readonly Field[] = ["country", "region", "continent", "device", "trigger", "bot", "hour", "weekday"];

export const isInWords = (field: Field): boolean => IN_WORDS.includes(field);

function spelledAs(field: DimensionKey, value: string): string | null {
  const stored = isClickDimension(field) ? FIELDS[FIELD_OF[field]] : null;
  return stored && "spell" in stored ? stored.spell(value) : value;
}

/** A value of a field in words; one that somebody asks for is said as the one that it is compared with. */
export function valueWord(field: Field, value: string | null): string {
  if (isDimension(field)) return displayValue(field, value === null ? null : spelledAs(field, value));
  return value === null ? "(none)" : (FLAGS[value] ?? value);
}

/** A value that a condition may name, ready to be drawn. */
export type FieldValue = {
  /** As a condition names it. */
  value: string | null;
  text: string;
  /** Second thing to know, such as the title of a link. */
  note: string | null;
  country: string | null;
  clicks: number;
};

function countryOf(field: Field, { value, place }: BreakdownRow): string | null {
  if (field === "country") return value;
  if (field === "region") return /^([A-Z][A-Z0-9])-/.exec(value ?? "")?.[1] ?? null;
  return place?.country ?? null;
}

/** One row of a breakdown as the value of a condition. */
export function fieldValue(field: Field, { value, clicks, ...row }: BreakdownRow): FieldValue {
  const short = row.link && linkName(row.link.id, row.link);
  const text = short ?? row.name ?? valueWord(field, value);
  return {
    value: value !== null && isDimension(field) ? exactly(field, inShort(value)) : value,
    text: cutText(text),
    note:
      (row.link?.title && cutText(row.link.title)) ?? (row.place ? displayValue("country", row.place.country) : null),
    country: countryOf(field, { value, clicks, ...row }),
    clicks,
  };
}

/** Rows of which no two have the same words: where they would, the value as it is stored tells them apart. */
export function toldApart<Row extends { value: string | null; text: string; note: string | null }>(
  rows: readonly Row[],
): Row[] {
  const wordsOf = ({ text, note }: Row) => `${text}\0${note ?? ""}`;
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(wordsOf(row), (counts.get(wordsOf(row)) ?? 0) + 1);
  return rows.map((row) =>
    row.value === null || counts.get(wordsOf(row)) === 1
      ? row
      : { ...row, note: [row.note, row.value].filter(Boolean).join(" · ") },
  );
}
