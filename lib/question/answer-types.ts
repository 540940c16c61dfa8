import type { Granularity } from "@/lib/base/time";
import type { ClickDimensionKey } from "@/lib/click/dimensions";
import type { ListedKey, StoredClick } from "@/lib/click/fields";
import type { LinkSummary } from "@/lib/click/links";

/**
 * `visitors` are told apart by a hash of IP address and user agent. `withheld`: clicks without an IP address; their
 * visitors are estimated by place and user agent, so there may be more. `links`: links that were clicked.
 */
export type Counts = { clicks: number; visitors: number; withheld: number; links: number };

/** How a number of visitors is to be read: where most clicks came without an IP address nothing is known. */
export function visitorCertainty({ clicks, withheld }: Pick<Counts, "clicks" | "withheld">) {
  if (withheld === 0) return "exact";
  return withheld > clicks / 2 ? "unknown" : "at least";
}

/**
 * `previous` is the comparison's. `small`: those that aren't told, because they are small, or would tell a small one; they
 * read as 0.
 */
export type Totals = Counts & { previous?: Counts; small?: readonly ("clicks" | "visitors" | "links")[] };

/**
 * `start` is the bucket's begin in epoch milliseconds; it ends where the next begins. `isHidden`: its clicks aren't told,
 * because they are few, or would tell those of another that has few; they read as 0.
 */
export type SeriesPoint = { start: number; clicks: number; isHidden?: boolean };

/** Ascending, gaps filled, together all clicks of the range. `previous` has the comparison's own buckets. */
export type Series = { granularity: Granularity; zone: string; points: SeriesPoint[]; previous?: SeriesPoint[] };

/** One link's clicks over time, in the buckets of all links that were asked for together. */
export type LinkSeries = Pick<Series, "points" | "previous">;

/** How one link was clicked, of the clicks that are asked about. Only links with a click have one. */
export type LinkLifetime = {
  clicks: number;
  first: Date;
  /** Milliseconds from the first click until half of the clicks had come. */
  halfLife: number;
  /** Clicks in the 24 hours that begin with the first. */
  firstDay: number;
  /** Clicks in the 24 hours until now, whatever the range is. */
  lastDay: number;
};

/** How long a step of an age is: months have no length. */
export type AgeStep = Exclude<Granularity, "month">;

/** By link, clicks in steps from the quarter hour of its first click until the range or the present ends. */
export type AlignedSeries = { step: AgeStep; links: Map<string, number[]> };

/** By dimension, the value that all clicks have, with their number. */
export type SameValues = Map<ClickDimensionKey, BreakdownRow>;

/** One value and its clicks. Value null: the clicks without one. */
export type BreakdownRow = {
  value: string | null;
  clicks: number;
  /** Clicks in the comparison. */
  previous?: number;
  /** Only if asked for. A visitor counts in every row that has one of their clicks. */
  visitors?: number;
  withheld?: number;
  /** Only for cities, which are grouped with their place: there are many Springfields. */
  place?: { country: string | null; region: string | null };
  /** Only for links. */
  link?: LinkSummary;
  /** Only for tags and folders: the name by which people know it. */
  name?: string;
  /** Only for tags that have one: the name of their colour in Dub. */
  color?: string;
};

/**
 * Rows in the order asked for, with a comparison also of values that have only clicks there. `total` and
 * `previousTotal` are of all clicks, listed or not; `rowCount` counts the rows that the search finds.
 */
export type Breakdown = {
  rows: BreakdownRow[];
  rowCount: number;
  total: number;
  previousTotal?: number;
  /** What all rows add up to where that is more than the total, because a click counts for several: of tags alone. */
  sum?: number;
  previousSum?: number;
};

/** A page of links, with their clicks in the range; links without a click are listed too. */
export type LinkPage = { rows: { link: LinkSummary; clicks: number; previous?: number }[]; total: number };

/**
 * Clicks by local weekday (from Monday) and hour (from midnight): 7 rows of 24. `previous` is the comparison's. `median`:
 * of the whole hours in the range until now and since the first click; null where there are none.
 */
export type HeatMap = { zone: string; cells: number[][]; median: (number | null)[][]; previous?: number[][] };

/** A click as the list of clicks shows it. `seq` is its place in the order in which clicks were stored; decimal. */
export type ListedClick = Pick<StoredClick, ListedKey> & { seq: string; link: LinkSummary | null };

/** Where a link led, since the first message that said so. */
export type LinkDestination = { url: string; since: Date };

/**
 * Usual clicks in the first steps of the lives of other links: quartiles, by nearest rank, of those for which the step is
 * over. `of`: what the links have in common with the one asked about; `links`: how many they are.
 */
export type Band = {
  of: { field: "tagId" | "folderId"; value: string; name: string };
  links: number;
  low: number[];
  high: number[];
};

/** All that is kept of a click: also destination and referer as they were sent, and what tells its visitor. */
export type ClickDetail = Omit<StoredClick, "slot"> & { seq: string; link: LinkSummary | null };

/** Some clicks of a visitor, newest first, and how many there are. */
export type VisitorClicks = { rows: ListedClick[]; total: number };

/** Newest first. `newer` and `older` are cursors of the neighbouring pages, null where there is nothing more. */
export type ClickPage = { rows: ListedClick[]; newer: string | null; older: string | null };

/** The clicks of all rows that are not listed, so that a list adds up. */
export function remainderOf(breakdown: Breakdown): { clicks: number; previous?: number } {
  const { rows, total, previousTotal, sum = total, previousSum = previousTotal } = breakdown;
  const clicks = rows.reduce((left, row) => left - row.clicks, sum);
  if (previousSum === undefined) return { clicks };
  return { clicks, previous: rows.reduce((left, row) => left - (row.previous ?? 0), previousSum) };
}

export type FoundLink = Pick<LinkSummary, "id" | "shortLink" | "title">;

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

/** Values with clicks, most clicks first; `total` is of all clicks, `rowCount` of all values that the search finds. */
export type FieldValues = { rows: FieldValue[]; rowCount: number; total: number };

export type Why = {
  /** Who answered, in how many milliseconds; asked anew for this. */
  answeredBy: ("counts" | "mirror" | "postgres")[];
  ms: number;
  /** Clicks that match, and all that are stored. */
  matching: number;
  stored: number;
  /** Matching clicks without an IP address; null for figures without visitors. */
  withheld: number | null;
  /** Of the clicks that the other filters find, how many are by bots. */
  byBots: number;
  /** When the newest click was stored; null when there is none. */
  newest: Date | null;
};
