import * as chrono from "chrono-node";
import { z } from "zod";
import { BOTS } from "@/lib/base/bots";
import { AppError } from "@/lib/base/errors";
import { DAY, fromLocal, type Granularity, isZone, MINUTE, shiftLocal, startOfUnit, toLocal } from "@/lib/base/time";
import { noneOf, tooMany } from "@/lib/question/codec/conditions";
import { RangeProblem, readInstant } from "@/lib/question/codec/range";
import type { Condition, Filters, Range } from "@/lib/question/question";

// The parameters of Dub's read API, as Dub reads them: https://dub.co/docs/api-reference/endpoint/retrieve-analytics

/** What Dub groups analytics by. `trigger` is an older name of `triggers`. */
export const GROUPINGS = [
  ...(["count", "timeseries", "continents", "regions", "countries", "cities"] as const),
  ...(["devices", "browsers", "os", "trigger", "triggers", "referers", "referer_urls"] as const),
  ...(["top_folders", "top_link_tags", "top_domains", "top_links", "top_urls", "top_base_urls"] as const),
  ...(["top_partners", "top_groups", "top_partner_tags", "event_names"] as const),
  ...(["utm_sources", "utm_mediums", "utm_campaigns", "utm_terms", "utm_contents"] as const),
];
export type Grouping = (typeof GROUPINGS)[number];

/** Days of rolling intervals, counted from this time of day: the first is only a part of a day. */
const ROLLING = { "7d": 7, "30d": 30, "90d": 90 } as const;
const INTERVALS = ["24h", "7d", "30d", "90d", "1y", "mtd", "qtd", "ytd", "all"] as const;

/** Dub's default in its code; its documents say 24h. */
const USUAL_INTERVAL = "30d";

/** Filters that take a list of values, with `-` before it to exclude them. */
const LISTS = [
  ...(["domain", "linkId", "tenantId", "tagId", "folderId", "partnerId"] as const),
  ...(["country", "city", "region", "continent", "device", "browser", "os", "trigger"] as const),
  ...(["referer", "refererUrl", "url"] as const),
  ...(["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"] as const),
];

/** Filters that take one value as it is. */
const SINGLE = ["key", "externalId", "programId"] as const;

/** Filters about what clicks don't tell. Ignoring one would count more than was asked for. */
const UNKNOWN = ["groupId", "partnerTagId", "customerId"] as const;

const MAX_EVENTS = 1_000;
const MAX_ROWS = 100_000;
/** A longer one isn't a date. */
const MAX_DATE = 100;

const flag = z.enum(["true", "false"]).optional();
const texts = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, z.string().optional()])) as Record<Name, z.ZodOptional<z.ZodString>>;

const integer = (max: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `Use a number from 1 to ${max}.`)
    .transform(Number)
    .pipe(z.int().min(1, `Use a number from 1 to ${max}.`).max(max, `Use a number from 1 to ${max}.`))
    .default(fallback);

const SHARED = {
  interval: z.enum(INTERVALS).optional(),
  start: z.string().max(MAX_DATE).optional(),
  end: z.string().max(MAX_DATE).optional(),
  timezone: z.string().default("UTC"),
  ...texts(LISTS),
  ...texts(SINGLE),
  ...texts(UNKNOWN),
  root: flag,
  qr: flag,
  // About leads and sales only.
  saleType: z.enum(["new", "recurring"]).optional(),
  query: z.string().max(10_000).optional(),
  eventName: z.string().optional(),
  // Beyond Dub.
  exact: flag,
  bots: z.enum(BOTS).default("include"),
};

/** Parameters of `GET /api/analytics`. Unknown ones are ignored. */
export const AnalyticsQuery = z.object({
  event: z.enum(["clicks", "leads", "sales", "composite"]).default("clicks"),
  groupBy: z.enum(GROUPINGS).default("count"),
  ...SHARED,
  tagIds: z.string().optional(),
  limit: integer(MAX_ROWS, 5_000),
  unknown: z.enum(["include", "exclude"]).default("exclude"),
});

/** Parameters of `GET /api/events`. */
export const EventsQuery = z.object({
  event: z.enum(["clicks", "leads", "sales"]).default("clicks"),
  ...SHARED,
  page: integer(1_000_000, 1),
  limit: integer(MAX_EVENTS, 100),
  sortBy: z.enum(["timestamp"]).default("timestamp"),
  sortOrder: z.enum(["asc", "desc"]).default("desc"),
  order: z.enum(["asc", "desc"]).default("desc"),
});

type Shared = Pick<z.output<typeof EventsQuery>, keyof typeof SHARED> & { tagIds?: string | undefined };

const refuse = (param: string, message: string): never => {
  throw new AppError("unprocessable_entity", `custom: ${param}: ${message}`);
};

/**
 * Reads a query string. Of a repeated parameter the last counts; empty ones are ignored.
 *
 * @throws AppError unprocessable_entity, with the first problem in Dub's form: `<code>: <parameter>: <message>`
 */
export function readQuery<Query extends z.ZodType>(schema: Query, params: URLSearchParams): z.output<Query> {
  const given = [...params]
    .filter(([, text]) => text !== "")
    .map(([name, text]) => [name, text.replaceAll("\0", "\uFFFD")]);
  const { data, error } = schema.safeParse(Object.fromEntries(given));
  if (!error) return data;
  const [issue] = error.issues;
  throw new AppError("unprocessable_entity", `${issue?.code}: ${issue?.path.join(".")}: ${issue?.message}`);
}

/** A list of values: `-` before it excludes all of them. Nothing is escaped, so none has a comma. */
function listCondition(field: (typeof LISTS)[number], text: string): Condition {
  const isExcluded = text.startsWith("-");
  const given = (isExcluded ? text.slice(1) : text).split(",").filter((value) => value.trim() !== "");
  if (given.length === 0) refuse(field, "Add a value.");
  if (field === "region" && given.some((value) => value.startsWith("-")))
    refuse(field, "Write one - before the whole list to exclude it.");
  const values = [...new Set(given)].map((value) => {
    if (value === noneOf(field)) return null;
    return field === "region" ? value.replace(/^Unknown-/, "-") : value;
  });
  return { field, op: isExcluded ? "isNot" : "is", values };
}

function conditionsOf(query: Shared): Condition[] {
  for (const name of UNKNOWN) {
    if (query[name]) refuse(name, "Clicks don’t tell this, so Footfall can’t filter by it. Remove it.");
  }
  const { root, qr, tagIds } = query;
  const lists = LISTS.flatMap((field) => {
    const text = query[field] ?? (field === "tagId" ? tagIds : undefined);
    return text ? [listCondition(field, text)] : [];
  });
  const single = SINGLE.flatMap((field) => {
    const value = query[field];
    return value ? [{ field, op: "is" as const, values: [value] }] : [];
  });
  const conditions: Condition[] = [
    ...lists,
    ...single,
    ...(root ? [{ field: "root" as const, op: "is" as const, values: [root] }] : []),
    ...(qr === "true" ? [{ field: "trigger" as const, op: "is" as const, values: ["qr"] }] : []),
  ];
  const excess = tooMany(conditions);
  if (excess) refuse(excess.field, excess.message);
  return conditions;
}

type Moment = { from: Date; to: Date };

/** Words such as `yesterday`, `Jan 5 at 1 pm` or `4 hours ago`; null for others. A day without a time is a whole one. */
function wordsOf(text: string, zone: string, now: Date): Moment | null {
  const ahead = Math.round((toLocal(now, zone) - now.getTime()) / MINUTE);
  const [found, ...others] = chrono.parse(text, { instant: now, timezone: ahead });
  if (!found || others.length > 0 || found.end || found.text.trim() !== text.trim()) return null;
  const { start } = found;
  const part = (name: chrono.Component) => start.get(name) ?? 0;
  if (part("year") < 1970 || part("year") > 2999) return null;
  const day = Date.UTC(part("year"), part("month") - 1, part("day"));
  // What it says of hours from now, or with a zone, is a moment; another time is one of the zone's clocks on that day.
  const isMoment = start.isCertain("timezoneOffset");
  if (!isMoment && !start.isCertain("hour")) return { from: fromLocal(day, zone), to: fromLocal(day + DAY, zone) };
  const wall = day + ((part("hour") * 60 + part("minute")) * 60 + part("second")) * 1_000 + part("millisecond");
  const at = isMoment ? start.date() : fromLocal(wall, zone);
  return { from: at, to: at };
}

/** A date, a time, or words; `to` is where it ends as an end. */
function momentOf(param: "start" | "end", text: string, zone: string, now: Date): Moment {
  try {
    return readInstant(param, text, zone);
  } catch (error) {
    if (!(error instanceof RangeProblem)) throw error;
    // Nearly an ISO time: words would take it for something else.
    const found = /^[+-]?\d{4,}-/.test(text) ? null : wordsOf(text, zone, now);
    return found ?? refuse(param, error.message);
  }
}

/** Buckets of a range of some whole days. */
const byDays = (days: number): Granularity => (days <= 2 ? "hour" : days <= 180 ? "day" : "month");

type Span = { from: Date | null; to: Date; granularity: Granularity | null };

function givenSpan(start: string, { end, exact }: Shared, zone: string, now: Date): Span {
  const first = momentOf("start", start, zone, now);
  const last = end ? momentOf("end", end, zone, now) : { from: now, to: startOfUnit(now, "day", 1, zone) };
  const [early, late] = first.from <= last.from ? [first, last] : [last, first];
  if (exact === "true") {
    const days = Math.floor((late.to.getTime() - early.from.getTime()) / DAY);
    return { from: early.from, to: late.to, granularity: byDays(days) };
  }
  const [from, to] = [startOfUnit(early.from, "day", 0, zone), startOfUnit(late.from, "day", 1, zone)];
  return { from, to, granularity: byDays(Math.round((to.getTime() - from.getTime()) / DAY) - 1) };
}

/** The span of a query in Dub's days. `granularity` null: by the length, which begins with the first click. */
function spanOf(query: Shared, zone: string, now: Date): Span {
  if (query.start) return givenSpan(query.start, query, zone, now);
  const to = startOfUnit(now, "day", 1, zone);
  const interval = query.interval ?? USUAL_INTERVAL;
  if (interval === "all") return { from: null, to, granularity: null };
  // Includes a click of this very millisecond.
  if (interval === "24h")
    return { from: new Date(now.getTime() - DAY), to: new Date(now.getTime() + 1), granularity: "hour" };
  if (interval === "1y") return { from: shiftLocal(now, { months: -12 }, zone), to, granularity: "month" };
  if (interval === "mtd") return { from: startOfUnit(now, "month", 0, zone), to, granularity: "day" };
  if (interval === "qtd") return { from: startOfUnit(now, "quarter", 0, zone), to, granularity: "day" };
  if (interval === "ytd") return { from: startOfUnit(now, "year", 0, zone), to, granularity: "month" };
  return { from: new Date(now.getTime() - ROLLING[interval] * DAY), to, granularity: "day" };
}

/** The filters of a query. An unknown time zone is UTC, as in Dub. @throws AppError for what can't be read */
export function filtersOf(query: Shared, now: Date): Filters {
  const zone = isZone(query.timezone) ? query.timezone : "UTC";
  const { granularity, from, to } = spanOf(query, zone, now);
  const range: Range = { interval: null, from, to };
  return {
    ...{ range, zone, granularity, now, bots: query.bots, weekStart: "monday", comparison: null },
    ...{ conditions: conditionsOf(query), anyOf: [], problems: [] },
  };
}

/** The same with a start for its series: the day of the first click, if it has none. */
export function seriesFilters(filters: Filters, firstClick: Date): Filters {
  const { range, zone, now, granularity } = filters;
  if (range.from) return filters;
  const from = startOfUnit(firstClick, "day", 0, zone);
  const to = range.to ?? startOfUnit(now, "day", 1, zone);
  const days = Math.round((to.getTime() - from.getTime()) / DAY) - 1;
  return { ...filters, range: { ...range, from, to }, granularity: granularity ?? byDays(days) };
}
