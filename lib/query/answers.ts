import type { Granularity } from "@/lib/query/filters";

/** What the dashboard shows of a link. */
export type LinkSummary = {
  id: string;
  domain: string | null;
  key: string | null;
  shortLink: string | null;
  url: string | null;
  title: string | null;
  tags: { id: string; name: string; color: string | null }[];
  archived: boolean;
  createdAt: Date | null;
  deletedAt: Date | null;
};

/** `start` is the bucket's begin in epoch milliseconds; it ends where the next begins. */
type SeriesPoint = { start: number; clicks: number };

/** Clicks over time: ascending, gaps filled, together all clicks of the range. */
export type Series = { granularity: Granularity; zone: string; points: SeriesPoint[] };

/** One value and its clicks. Value null: the clicks without one. */
export type BreakdownRow = {
  value: string | null;
  clicks: number;
  /** Only for cities, which are grouped with their place: there are many Springfields. */
  place?: { country: string | null; region: string | null };
  /** Only for links. */
  link?: LinkSummary;
};

/** Most clicks first, then by value, no value last. `total` and `rowCount` are of all rows, listed or not. */
export type Breakdown = { rows: BreakdownRow[]; rowCount: number; total: number };

/** A page of links, with their clicks in the range; links without a click are listed too. */
export type LinkPage = { rows: { link: LinkSummary; clicks: number }[]; total: number };
