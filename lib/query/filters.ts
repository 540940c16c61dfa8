import type { DimensionKey } from "@/lib/dimensions";

/** Ranges by name. Rolling ones are whole local days that include today, but for `24h`, the last 24 hours. */
export const INTERVALS = ["24h", "7d", "30d", "90d", "1y", "mtd", "qtd", "ytd", "all"] as const;
export type Interval = (typeof INTERVALS)[number];

export const GRANULARITIES = ["hour", "day", "week", "month"] as const;
export type Granularity = (typeof GRANULARITIES)[number];

export const BOTS = ["include", "exclude", "only"] as const;
export type Bots = (typeof BOTS)[number];

/** Properties of the link rather than of the click; they resolve to link ids before the question is asked. */
export const LINK_FIELDS = ["domain", "key", "tagId", "folderId", "root"] as const;
export type LinkField = (typeof LINK_FIELDS)[number];

/** Half-open: a click at `to` is outside. Null means unbounded on that side. */
export type Range = {
  /** Null for exact instants or dates. */
  interval: Interval | null;
  from: Date | null;
  to: Date | null;
};

/** One dimension and the values it may (`is`) or may not (`isNot`) have. Null stands for "no value". */
export type Condition = {
  field: DimensionKey | LinkField;
  op: "is" | "isNot";
  values: (string | null)[];
};

/** A part of a query string that could not be understood. */
export type Problem = { param: string; value: string; message: string };

/** One question's "which clicks": the same value for page, URL, export and API. Conditions are ANDed. */
export type Filters = {
  range: Range;
  /** IANA name; days, weeks and months are this zone's. */
  zone: string;
  /** Null: chosen from the length of the range. */
  granularity: Granularity | null;
  bots: Bots;
  conditions: Condition[];
  /** When not empty the filters match nothing, so that a broken part never widens the result. */
  problems: Problem[];
  /** When the question was asked. */
  now: Date;
};
