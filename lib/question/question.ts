import type { Bots } from "@/lib/base/bots";
import type { Granularity } from "@/lib/base/time";
import {
  type ClickDimensionKey,
  type DimensionKey,
  FIELD_OF,
  isClickDimension,
  type LinkDimensionKey,
  type TimeDimensionKey,
} from "@/lib/click/dimensions";
import type { FieldKey, StoredClick } from "@/lib/click/fields";

/**
 * Ranges by name. Rolling ones are whole local days that include today, but for `24h`. Those of the calendar are whole,
 * or last until today; weeks begin on Monday.
 */
export const INTERVALS = [
  ...(["24h", "7d", "30d", "90d", "1y"] as const),
  ...(["today", "wtd", "mtd", "qtd", "ytd"] as const),
  ...(["yesterday", "lastWeek", "lastMonth", "lastQuarter", "lastYear"] as const),
  "all" as const,
];
export type Interval = (typeof INTERVALS)[number];

/** Properties of the link rather than of the click; they resolve to link ids before the question is asked. */
export const LINK_FIELDS = [
  ...(["domain", "tagId", "folderId", "key", "title", "archived", "root"] as const),
  ...(["externalId", "tenantId", "partnerId", "programId"] as const),
];
export type LinkField = LinkDimensionKey | (typeof LINK_FIELDS)[number];

/** Everything a condition can be about. */
export type FieldName = ClickDimensionKey | TimeDimensionKey | LinkField;

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

/** A field, and the values it may or may not have, or contain in any case. Null stands for "no value". */
export type Condition = { field: FieldName; op: Operation; values: (string | null)[] };
type Operation = "is" | "isNot" | "contains" | "notContains";

/** A part of a query string that could not be understood. */
export type Problem = { param: string; value: string; message: string };

/** Which clicks: the same value for page, URL, export, API and saved view. */
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
  now: Date;
};

/** A column that a click may be without: withheld, it reads as if the click had none. */
export type HideableColumn = { [Key in FieldKey]: null extends StoredClick[Key] ? Key : never }[FieldKey];

type LinkCondition = { field: "linkId"; op: "is" | "isNot"; values: string[] } | (Condition & { field: LinkField });

/** A signed-in user. What they may see is a `Scope`. */
export type Viewer = { userId: string };

/** Who asks, and what they may see. `answer` holds every question to it. */
export type Scope = Viewer & {
  /** What is true of every link that may be seen, and of the link of every click; null is all links. */
  links: readonly LinkCondition[] | null;
  /** Columns of clicks that are withheld. Nothing can be asked by them either. */
  hidden: readonly HideableColumn[];
};

/** The owner of the installation may see everything. */
export const ownerScope = ({ userId }: Viewer): Scope => ({ userId, links: null, hidden: [] });

/** What the values of a field tell as well: a city is told with its place, a region begins with its country. */
const TELLS: Partial<Record<ClickDimensionKey, readonly ClickDimensionKey[]>> = {
  city: ["region", "country"],
  region: ["country"],
};

/** Whether a scope withholds what a field tells. */
export function isHidden({ hidden }: Pick<Scope, "hidden">, field: string): boolean {
  if (!isClickDimension(field)) return false;
  const columns: readonly FieldKey[] = [field, ...(TELLS[field] ?? [])].map((key) => FIELD_OF[key]);
  return hidden.some((column) => columns.includes(column));
}

/** In which order rows stand; what is equal is in the order of the values, no value last. */
export type Order = { by: "clicks" | "change" | "value"; descending: boolean };

export type RowsPart = {
  /** Rows whose value has this as a part, in any case. */
  search: string | null;
  order: Order;
  /** Null is every row. */
  limit: number | null;
  offset: number;
};

export const ALL_ROWS: RowsPart = { search: null, order: { by: "clicks", descending: true }, limit: null, offset: 0 };

/** A click's place in the list of clicks: by time, then by the order in which they were stored. */
export type Cursor = { clickedAt: Date; seq: string };

/** Clicks older or newer than a cursor, or the first; newest first by default. `once`: nobody asks for them again. */
export type ClicksPart = {
  limit: number;
  before: Cursor | null;
  after: Cursor | null;
  oldestFirst?: boolean;
  once?: boolean;
};

/** Most clicks, the greatest gain on the comparison, the short link's alphabet, or the newest first. */
export type LinkSort = "clicks" | "change" | "name" | "created";

/** A part of the list of links; pages count from 1. */
export type LinksPart = { q: string; sort: LinkSort; page: number; pageSize: number };

export type ClickName = { seq: string; linkId: string };

/** A figure on a page: the totals, clicks over time, hours of the week, or the rows of a breakdown. */
export type Figure = "count" | "timeseries" | "heatmap" | DimensionKey;

/** What may be asked about the clicks that filters choose, by kind, with what each takes. */
type AskedOfClicks = {
  totals: object;
  series: object;
  heatMap: object;
  breakdown: { key: DimensionKey; rows?: Partial<RowsPart> };
  /** A breakdown's rows as people look for them: searched and sorted by what stands on the page. */
  rows: { key: DimensionKey; rows: RowsPart };
  clicks: ClicksPart;
  /** Conditions on links choose the links, all conditions the clicks. */
  links: LinksPart;
  /** The values of one field, for choosing some of them. */
  values: { field: FieldName; search: string | null; limit: number };
  valueSearch: { search: string };
  /** `ids` are as many links as one looks at together, here and in the next two. */
  linkSeries: { ids: readonly string[] };
  lifetimes: { ids: readonly string[] };
  alignedSeries: { ids: readonly string[] };
  weeksBefore: object;
  why: { figure: Figure };
  /** Clicks that were stored after the one with a number. */
  storedAfter: { after: string; limit: number };
};

/** What may be asked without filters: it is about all clicks and links, or about some that are named. */
type AskedByName = {
  /** What is known of links, for showing their ids as names. */
  labels: { ids: readonly string[] };
  /** The newest links with `search` in their title, short link, key or destination. */
  linkSearch: { search: string };
  tagNames: { ids: readonly string[] };
  click: { seq: string };
  visitorClicks: { click: ClickName };
  newestSeq: object;
  clicksBySeq: { seqs: readonly string[] };
};

type Asked = AskedOfClicks & AskedByName;

export type Kind = keyof Asked;

export type Show<K extends Kind> = { kind: K } & Asked[K];

/** One question: who may see what, which clicks, and what of them. `answer` answers it. */
export type Question<K extends Kind = Kind> = Filters & { scope: Scope; show: Show<K> };

const EVERY_CLICK: Omit<Filters, "now"> = {
  range: { interval: "all", from: null, to: null },
  comparison: null,
  zone: "UTC",
  granularity: null,
  bots: "include",
  conditions: [],
  anyOf: [],
  problems: [],
};

/** A question; about what is named it needs no filters. */
export function question<K extends keyof AskedOfClicks>(scope: Scope, show: Show<K>, filters: Filters): Question<K>;
export function question<K extends keyof AskedByName>(scope: Scope, show: Show<K>): Question<K>;
export function question<K extends Kind>(scope: Scope, show: Show<K>, filters?: Filters): Question<K> {
  return { ...(filters ?? { ...EVERY_CLICK, now: new Date() }), scope, show };
}
