import type { WeekStart } from "@/lib/base/week-start";
import type { CardKey, Dimension, FIELDS, FieldKey, SectionKey } from "@/lib/click/fields";
import { CARD_KEYS, CLICK_FIELDS } from "@/lib/click/fields";

type Own<Key extends FieldKey> = (typeof FIELDS)[Key] extends { dimension: infer Words }
  ? Dimension &
      Pick<Words, "key" & keyof Words> &
      Pick<Words, "groupBy" & keyof Words> & { of: "click"; field: Key; section: SectionKey }
  : never;
type ClickDimension = { [Key in FieldKey]: Own<Key> }[FieldKey];

/** Dimensions of the click itself, in the order of its fields. */
export const CLICK_DIMENSIONS = CLICK_FIELDS.flatMap(({ key, dimension }) =>
  dimension ? [{ ...dimension, of: "click", field: key }] : [],
) as readonly ClickDimension[];

/** Dimensions of its link. */
// biome-ignore format: one line a dimension
const OF_LINK = [
  { key: "domain", groupBy: "top_domains", of: "link", label: "Domain", plural: "Domains", card: "links", none: "(none)", searchOrder: 2 },
  { key: "tagId", groupBy: "top_link_tags", of: "link", label: "Tag", plural: "Tags", card: "links", none: "(none)", searchOrder: 3 },
  { key: "folderId", groupBy: "top_folders", of: "link", label: "Folder", plural: "Folders", card: "links", none: "(none)" },
] as const satisfies readonly (Dimension & { of: "link" })[];

/** Dimensions of its time in the view's time zone. */
// biome-ignore format: one line a dimension
const OF_TIME = [
  { key: "hour", groupBy: "hours", of: "time", label: "Hour of day", plural: "Hours", card: null, none: "Unknown" },
  { key: "weekday", groupBy: "weekdays", of: "time", label: "Day of week", plural: "Weekdays", card: null, none: "Unknown" },
] as const satisfies readonly (Dimension & { of: "time" })[];

type Entry = ClickDimension | (Dimension & ((typeof OF_LINK)[number] | (typeof OF_TIME)[number]));
export type DimensionKey = Entry["key"];
export type ClickDimensionKey = ClickDimension["key"];
export type LinkDimensionKey = (typeof OF_LINK)[number]["key"];
export type TimeDimensionKey = (typeof OF_TIME)[number]["key"];
export type GroupBy = Entry["groupBy"];

/** All dimensions, card by card: filters, SQL, cards, tabs, API names and CSV columns derive from it. */
export const DIMENSIONS: readonly Entry[] = [
  ...CARD_KEYS.flatMap((card) => [...CLICK_DIMENSIONS, ...OF_LINK].filter((entry) => entry.card === card)),
  ...OF_TIME,
];

export const BOT_WORDS = ["bot", "human"] as const;

/** Values of the dimension `weekday`, from Monday. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** The same in the order of a week that starts on some day. */
export function weekdaysFrom(start: WeekStart): (typeof WEEKDAYS)[number][] {
  const first = WEEKDAYS.findIndex((day) => start.startsWith(day));
  return [...WEEKDAYS.slice(first), ...WEEKDAYS.slice(0, first)];
}

export const isClickDimension = (key: string): key is ClickDimensionKey => Object.hasOwn(FIELD_OF, key);

export const isLinkDimension = (key: string): key is LinkDimensionKey => OF_LINK.some((entry) => entry.key === key);

export const isTimeDimension = (key: string): key is TimeDimensionKey => OF_TIME.some((entry) => entry.key === key);

/** The field of a dimension of the click. */
export const FIELD_OF = Object.fromEntries(CLICK_DIMENSIONS.map(({ key, field }) => [key, field])) as {
  [Key in ClickDimensionKey]: Extract<ClickDimension, { key: Key }>["field"];
};

export function dimension(key: DimensionKey): Entry {
  const found = DIMENSIONS.find((entry) => entry.key === key);
  if (!found) throw new RangeError(`No dimension ${key}`);
  return found;
}

/** The dimension with this `groupBy` name, or undefined. */
export const dimensionByGroupBy = (groupBy: string) => DIMENSIONS.find((entry) => entry.groupBy === groupBy);

/** The tabs of one card, in order. */
export const dimensionsOf = (card: CardKey) => DIMENSIONS.filter((entry) => entry.card === card);

/** A dimension's name within a sentence: abbreviations stay as they are. */
export const inSentence = (name: string): string => name.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
