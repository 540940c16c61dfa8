import type { ClickDimensionKey, LinkDimensionKey, TimeDimensionKey } from "@/lib/dimensions";

/**
 * Ranges by name. Rolling ones are whole local days that include today, but for `24h`, the last 24 hours. Those of the
 * calendar begin with a day, a Monday, a month, a quarter or a year; the current ones last until today.
 */
export const INTERVALS = [
  ...(["24h", "7d", "30d", "90d", "1y"] as const),
  ...(["today", "wtd", "mtd", "qtd", "ytd"] as const),
  ...(["yesterday", "lastWeek", "lastMonth", "lastQuarter", "lastYear"] as const),
  "all" as const,
];
export type Interval = (typeof INTERVALS)[number];

export const GRANULARITIES = ["quarterHour", "hour", "day", "week", "month"] as const;
export type Granularity = (typeof GRANULARITIES)[number];

export const BOTS = ["include", "exclude", "only"] as const;
export type Bots = (typeof BOTS)[number];

/** Properties of the link rather than of the click; they resolve to link ids before the question is asked. */
export const LINK_FIELDS = [
  ...(["domain", "tagId", "folderId", "key", "title", "archived", "root"] as const),
  ...(["externalId", "tenantId", "partnerId", "programId"] as const),
];
export type LinkField = LinkDimensionKey | (typeof LINK_FIELDS)[number];

/** Everything a condition can be about. */
export type Field = ClickDimensionKey | TimeDimensionKey | LinkField;

/** Half-open: a click at `to` is outside. Null means unbounded on that side. */
export type Range = {
  /** Null for exact instants or dates. */
  interval: Interval | null;
  from: Date | null;
  to: Date | null;
};

export const COMPARISONS = ["previous", "year", "custom"] as const;

/** What the range is compared with. Half-open, too; unless it is `custom`, never longer than the range has lasted. */
export type Comparison = { kind: (typeof COMPARISONS)[number]; from: Date; to: Date };

/**
 * One field, and the values it may (`is`) or may not (`isNot`) have, or have as a part in any case (`contains`,
 * `notContains`). Null stands for "no value".
 */
export type Condition = {
  field: Field;
  op: "is" | "isNot" | "contains" | "notContains";
  values: (string | null)[];
};

/** A part of a query string that could not be understood. */
export type Problem = { param: string; value: string; message: string };

/** One question's "which clicks": the same value for page, URL, export, API and saved view. */
export type Filters = {
  range: Range;
  /** Null when nothing is compared, or the range has no start to compare from. */
  comparison: Comparison | null;
  /** IANA name; hours, days, weeks and months are this zone's. */
  zone: string;
  /** Null: chosen from the length of the range. */
  granularity: Granularity | null;
  bots: Bots;
  /** All of them hold. */
  conditions: Condition[];
  /** Of each group at least one holds. */
  anyOf: Condition[][];
  /** When not empty the filters match nothing, so that a broken part never widens the result. */
  problems: Problem[];
  /** When the question was asked. */
  now: Date;
};
