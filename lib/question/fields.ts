import { DIMENSIONS, type DimensionKey, dimension, dimensionsOf } from "@/lib/click/dimensions";
import { CARD_KEYS, CARDS } from "@/lib/click/fields";
import type { Operator } from "@/lib/question/codec/conditions";
import type { FieldName } from "@/lib/question/question";

/** Operators in words, after the field's label. */
export const OPERATOR_WORDS: Record<Operator, string> = {
  is: "is",
  isNot: "is not",
  contains: "contains",
  notContains: "does not contain",
  empty: "is empty",
  notEmpty: "is not empty",
};

/** Properties of links by which clicks aren't counted. */
const LINK_WORDS: Record<Exclude<FieldName, DimensionKey>, { label: string; plural: string }> = {
  title: { label: "Link title", plural: "Link titles" },
  key: { label: "Link key", plural: "Link keys" },
  archived: { label: "Archived", plural: "Archived links" },
  root: { label: "Root link", plural: "Root links" },
  externalId: { label: "External id", plural: "External ids" },
  tenantId: { label: "Tenant id", plural: "Tenant ids" },
  partnerId: { label: "Partner id", plural: "Partner ids" },
  programId: { label: "Program id", plural: "Program ids" },
};

/** Whether clicks can be counted by a field. */
export const isDimension = (field: FieldName): field is DimensionKey => !(field in LINK_WORDS);

/** Name of a field, singular and plural. UTM parameters have their full name outside of their card. */
export function fieldWords(field: FieldName): { label: string; plural: string } {
  if (!isDimension(field)) return LINK_WORDS[field];
  const { label, plural } = dimension(field);
  return { label, plural: label.startsWith("UTM") ? `${label}s` : plural };
}

/** All fields, in the order of the cards and under their names; those of no card are about time. */
export const FIELD_GROUPS: readonly { title: string; fields: FieldName[] }[] = [
  ...CARD_KEYS.map((card) => ({
    title: CARDS[card],
    fields: [
      ...dimensionsOf(card).map(({ key }) => key),
      ...(card === "links" ? (Object.keys(LINK_WORDS) as FieldName[]) : []),
    ],
  })),
  { title: "Time", fields: DIMENSIONS.filter(({ card }) => card === null).map(({ key }) => key) },
];
