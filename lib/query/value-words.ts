import { displayValue } from "@/lib/format";
import { cutText } from "@/lib/long-value";
import { exactly } from "@/lib/query/address";
import type { BreakdownRow } from "@/lib/query/answers";
import { isDimension } from "@/lib/query/fields";
import type { Field } from "@/lib/query/filters";
import { inShort } from "@/lib/query/long-values";

const FLAGS: Record<string, string> = { true: "yes", false: "no" };

/** Fields whose values are not shown as they are stored, so that people search for other words. All have few values. */
const IN_WORDS: readonly Field[] = ["country", "region", "continent", "device", "trigger", "bot", "hour", "weekday"];

export const isInWords = (field: Field): boolean => IN_WORDS.includes(field);

/** A value of a field in words. */
export function valueWord(field: Field, value: string | null): string {
  if (isDimension(field)) return displayValue(field, value);
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

const PROTOCOL = /^https?:\/\//;

function countryOf(field: Field, { value, place }: BreakdownRow): string | null {
  if (field === "country") return value;
  if (field === "region") return /^([A-Z]{2})-/.exec(value ?? "")?.[1] ?? null;
  return place?.country ?? null;
}

/** One row of a breakdown as the value of a condition. */
export function fieldValue(field: Field, { value, clicks, ...row }: BreakdownRow): FieldValue {
  const short = row.link && (row.link.shortLink ?? row.link.id);
  const text = short ?? row.name ?? valueWord(field, value);
  return {
    value: value !== null && isDimension(field) ? exactly(field, inShort(value)) : value,
    text: cutText(value === null ? text : text.replace(PROTOCOL, "")),
    note:
      (row.link?.title && cutText(row.link.title)) ?? (row.place ? displayValue("country", row.place.country) : null),
    country: countryOf(field, { value, clicks, ...row }),
    clicks,
  };
}
