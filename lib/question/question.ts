import type { Bots } from "@/lib/base/bots";
import type { Granularity } from "@/lib/base/time";
import type { WeekStart } from "@/lib/base/week-start";
import {
  type ClickDimensionKey,
  type DimensionKey,
  FIELD_OF,
  isClickDimension,
  type LinkDimensionKey,
  type TimeDimensionKey,
} from "@/lib/click/dimensions";
import type { FieldKey, StoredClick } from "@/lib/click/fields";
import type { AgeStep } from "@/lib/question/answer-types";
import type { ColumnKey } from "@/lib/question/columns";

/**
 * Named ranges. Rolling ones are whole local days including today, except `24h`. Calendar ranges are complete, or last
 * until today.
 */
export const INTERVALS = [
  ...(["24h", "7d", "30d", "90d", "1y"] as const),
  ...(["today", "wtd", "mtd", "qtd", "ytd"] as const),
  ...(["yesterday", "lastWeek", "lastMonth", "lastQuarter", "lastYear"] as const),
  "all" as const,
];
export type Interval = (typeof INTERVALS)[number];

/** Properties of the link rather than the click; they are resolved to link ids before the query. */
export const LINK_FIELDS = [
  ...(["domain", "tagId", "folderId", "key", "title", "archived", "root"] as const),
  ...(["externalId", "tenantId", "partnerId", "programId"] as const),
];
export type LinkField = LinkDimensionKey | (typeof LINK_FIELDS)[number];

/** Everything that a condition can be about. */
export type FieldName = ClickDimensionKey | TimeDimensionKey | LinkField;

/** Half-open: a click at `to` is outside. Null means unlimited. */
export type Range = {
  /** Null for exact instants or dates. */
  interval: Interval | null;
  from: Date | null;
  to: Date | null;
};

export const COMPARISONS = ["previous", "year", "custom"] as const;

/** The compared range. Half-open; unless `custom`, never longer than the range has lasted. */
export type Comparison = { kind: (typeof COMPARISONS)[number]; from: Date; to: Date };

/** A field, and the values to match or contain. Null stands for "no value". */
export type Condition = { field: FieldName; op: Operation; values: (string | null)[] };
type Operation = "is" | "isNot" | "contains" | "notContains";

/** An invalid part of a query string. */
export type Problem = { param: string; value: string; message: string };

/** Which clicks: the same value for page, URL, export, API and saved view. */
export type Filters = {
  range: Range;
  /** Null without comparison, or when the range has no start to compare from. */
  comparison: Comparison | null;
  /** IANA name of the time zone of hours, days, weeks and months. */
  zone: string;
  /** Of calendar weeks: of ranges and buckets, and of lists of weekdays. */
  weekStart: WeekStart;
  /** Null: chosen by the length of the range. */
  granularity: Granularity | null;
  bots: Bots;
  /** All must hold. */
  conditions: Condition[];
  /** At least one of each group must hold. */
  anyOf: Condition[][];
  /** If there are any, nothing matches: an invalid part must never widen the result. */
  problems: Problem[];
  now: Date;
  /** Only clicks that were stored up to the one with this number; missing: all. */
  upTo?: string | null;
};

/** A column that a scope can hide; then it reads as null. */
export type HideableColumn = { [Key in FieldKey]: null extends StoredClick[Key] ? Key : never }[FieldKey];

/** A condition on the links themselves, which says which links there are. */
export type LinkCondition =
  | { field: "linkId"; op: "is" | "isNot"; values: string[] }
  | (Condition & { field: LinkField });

/** What may be seen. `answer` applies it to every question. */
export type Scope = {
  /** Conditions on the links, and so the clicks, that may be seen; null: all. */
  links: readonly LinkCondition[] | null;
  /** Hidden columns of clicks. They can't be asked by either. */
  hidden: readonly HideableColumn[];
  /** Who asks: a person, a key or a share link. They share the engine evenly. Missing for the server itself. */
  asker?: string;
  /** What questions are about, whatever they say; missing: what they say. */
  lock?: Lock;
};

/**
 * The question of a share link. Whoever reads it asks for figures of its clicks only, in its range and zone, with
 * conditions of their own if they may filter. Counts below `least` are hidden.
 */
export type Lock = Pick<Filters, "range" | "comparison" | "zone" | "bots" | "conditions" | "anyOf" | "now"> & {
  upTo: string | null;
  mayFilter: boolean;
  least: number;
};

/** A user, by id. */
export type Person = { userId: string };

/** Everything may be seen. */
export const EVERYTHING: Scope = { links: null, hidden: [] };

/** What a field's values also reveal: a city is shown with its place, a region starts with its country. */
const TELLS: Partial<Record<ClickDimensionKey, readonly ClickDimensionKey[]>> = {
  city: ["region", "country"],
  region: ["country"],
};

/** Whether a scope hides a field. */
export function isHidden({ hidden }: Pick<Scope, "hidden">, field: string): boolean {
  if (!isClickDimension(field)) return false;
  const columns: readonly FieldKey[] = [field, ...(TELLS[field] ?? [])].map((key) => FIELD_OF[key]);
  return hidden.some((column) => columns.includes(column));
}

/** Order of rows. Ties are sorted by value, no value last. */
export type Order = { by: "clicks" | "change" | "value"; descending: boolean };

export type RowsPart = {
  /** Matches rows whose value contains this, ignoring case. */
  search: string | null;
  /** Only rows with one of these values; null: any. */
  only: readonly (string | null)[] | null;
  order: Order;
  /** Null: all rows. */
  limit: number | null;
  offset: number;
};

export const ALL_ROWS: RowsPart = {
  search: null,
  only: null,
  order: { by: "clicks", descending: true },
  limit: null,
  offset: 0,
};

/** A click's position in the list: by time, then in the order of storage. */
export type Cursor = { clickedAt: Date; seq: string };

/** Clicks before or after a cursor, or the first page; newest first by default. `once`: don't cache the answer. */
export type ClicksPart = {
  limit: number;
  before: Cursor | null;
  after: Cursor | null;
  oldestFirst?: boolean;
  once?: boolean;
};

/** By clicks, by gain over the comparison or loss since, by short link, or newest first. */
export type LinkSort = "clicks" | "change" | "loss" | "name" | "created";

/** A part of the list of links; pages count from 1. */
export type LinksPart = { q: string; sort: LinkSort; page: number; pageSize: number };

export type ClickName = { seq: string; linkId: string };

/** A figure on a page: totals, clicks over time, hours of the week, or a breakdown. */
export type Figure = "count" | "timeseries" | "heatmap" | DimensionKey;

/** Whether a figure is a breakdown. */
export const isDimensionFigure = (figure: Figure): figure is DimensionKey =>
  figure !== "count" && figure !== "timeseries" && figure !== "heatmap";

/** Questions about the clicks that filters match, by kind, with their arguments. */
type AskedOfClicks = {
  totals: object;
  series: object;
  heatMap: object;
  /**
   * `facet`, here and in the next: counted without conditions on the dimension itself. `visitors`: rows count theirs,
   * which takes longer.
   */
  breakdown: { key: DimensionKey; rows?: Partial<RowsPart>; facet?: boolean; visitors?: boolean };
  /** A breakdown's rows, searched and sorted by display text. */
  rows: { key: DimensionKey; rows: RowsPart; facet?: boolean };
  clicks: ClicksPart;
  /** A page of the same list by its number of clicks before, with all that is kept of each. */
  clicksInFull: { limit: number; offset: number; oldestFirst: boolean };
  /** Conditions on links choose the links; all conditions choose the clicks. */
  links: LinksPart;
  /** The values of one field, to choose from. */
  values: { field: FieldName; search: string | null; limit: number };
  valueSearch: { search: string };
  /** `ids`: the links to look at together, here and in the next two. */
  linkSeries: { ids: readonly string[] };
  lifetimes: { ids: readonly string[] };
  alignedSeries: { ids: readonly string[] };
  /** What is usual in the first steps of lives like that of one link, as far as it has lasted. */
  band: { id: string; step: AgeStep; steps: number };
  /** The values that all clicks have. */
  sameValues: object;
  weeksBefore: object;
  why: { figure: Figure; facet?: boolean };
  /** Every click, as text to read at one's own pace. */
  everyClick: { columns: readonly ColumnKey[] };
  /** Clicks that were stored after the one with a number. */
  storedAfter: { after: string; limit: number };
};

/** Questions without filters: about all clicks and links, or about named ones. */
type AskedByName = {
  /** Metadata of links, to show names instead of ids. */
  labels: { ids: readonly string[] };
  /** The newest links with `search` in their title, short link, key or destination. */
  linkSearch: { search: string };
  tagNames: { ids: readonly string[] };
  folderNames: { ids: readonly string[] };
  destinations: { id: string };
  /** Link objects as the sender described them last. */
  linkPayloads: { ids: readonly string[] };
  click: { seq: string };
  visitorClicks: { click: ClickName };
  newestSeq: object;
  /** Which clicks are stored, to ask several questions about the same ones. */
  snapshot: object;
  /** A name for what is stored that changes when clicks are taken away. */
  dataState: object;
  firstClick: object;
  clicksBySeq: { seqs: readonly string[] };
  /** Which data this is: another after a restore, in which numbers mean something else. */
  identity: object;
  /** Clicks in the order of arrival, after the one with a number. */
  arrivals: { after: string; limit: number };
};

type Asked = AskedOfClicks & AskedByName;

export type Kind = keyof Asked;

export type Show<K extends Kind> = { kind: K } & Asked[K];

/** One question: who may see what, which clicks, and what about them. `answer` answers it. */
export type Question<K extends Kind = Kind> = Filters & { scope: Scope; show: Show<K> };

export const ALL_TIME: Range = { interval: "all", from: null, to: null };

const EVERY_CLICK: Omit<Filters, "now"> = {
  range: ALL_TIME,
  comparison: null,
  zone: "UTC",
  weekStart: "monday",
  granularity: null,
  bots: "include",
  conditions: [],
  anyOf: [],
  problems: [],
};

/** Makes a question. One about named things needs no filters. */
export function question<K extends keyof AskedOfClicks>(scope: Scope, show: Show<K>, filters: Filters): Question<K>;
export function question<K extends keyof AskedByName>(scope: Scope, show: Show<K>): Question<K>;
export function question<K extends Kind>(scope: Scope, show: Show<K>, filters?: Filters): Question<K> {
  return { ...(filters ?? { ...EVERY_CLICK, now: new Date() }), scope, show };
}
