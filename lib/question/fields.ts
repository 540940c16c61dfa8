import { DIMENSIONS, type DimensionKey, dimension, dimensionsOf } from "@/lib/click/dimensions";
import { CARDS, type CardKey } from "@/lib/click/fields";
import type { Operator } from "@/lib/question/codec/conditions";
import { text } from "@/lib/question/fields-text";
import type { FieldName } from "@/lib/question/question";

/** Operators in words, after the field's label. */
export const OPERATOR_WORDS: Record<Operator, string> = text.operators;

/** Whether clicks can be counted by a field. */
export function isDimension(field: FieldName): field is DimensionKey {
  return DIMENSIONS.some(({ key }) => key === field);
}

/** What a field is called, in the singular and the plural. UTM parameters are called so outside their card, too. */
export function fieldWords(field: FieldName): { label: string; plural: string } {
  if (!isDimension(field)) return text.labels[field];
  const { label, plural } = dimension(field);
  return { label, plural: label.startsWith("UTM") ? `${label}s` : plural };
}

const ALSO: Partial<Record<CardKey, FieldName[]>> = {
  links: ["title", "key", "archived", "root", "externalId", "tenantId", "partnerId", "programId"],
};

const cards = Object.keys(CARDS) as CardKey[];

/** Every field, in the order and under the names of the cards; what no card shows is about time. */
export const FIELD_GROUPS: readonly { title: string; fields: FieldName[] }[] = [
  ...cards.map((card) => ({
    title: CARDS[card],
    fields: [...dimensionsOf(card).map(({ key }) => key), ...(ALSO[card] ?? [])],
  })),
  { title: text.time, fields: DIMENSIONS.filter(({ card }) => card === null).map(({ key }) => key) },
];
