import { createHash } from "node:crypto";
import { type ClickDimensionKey, isClickDimension, WEEKDAYS } from "@/lib/dimensions";
import type { Click } from "@/lib/generated/prisma/client";
import type { Condition, Field, Filters } from "@/lib/query/filters";
import { fold } from "@/lib/query/rows";
import { CLICK_VALUES } from "./columns";
import { localHour, localWeekday } from "./local";
import { type Known, linkOf, sentOf, type World } from "./world";

type Span = { from: Date | null; to: Date | null };

const FIVE_MINUTES = 300_000;

/** A range that goes on now has what clocks ahead have dated up to five minutes later, too. */
function rangeOf({ range: { from, to }, now }: Filters): Span {
  const [begin, end, time] = [from?.getTime() ?? 0, to?.getTime() ?? Number.POSITIVE_INFINITY, now.getTime()];
  return { from, to: to && begin <= time && time < end ? new Date(Math.max(end, time + FIVE_MINUTES)) : to };
}

/** The clicks of a span that the filters mean, in the order in which the world has them. */
export function clicksOf(world: World, filters: Filters, { from, to }: Span = rangeOf(filters)): Click[] {
  return world.clicks.filter((click) => {
    if (from && click.clickedAt.getTime() < from.getTime()) return false;
    if (to && click.clickedAt.getTime() >= to.getTime()) return false;
    if (filters.bots === "only" && !click.bot) return false;
    if (filters.bots === "exclude" && click.bot) return false;
    const test = (condition: Condition) => holds(condition, click, linkOf(world, click.linkId), filters.zone);
    return filters.conditions.every(test) && filters.anyOf.every((group) => group.some(test));
  });
}

function holds({ field, op, values }: Condition, click: Click, link: Known, zone: string): boolean {
  const isText = op === "contains" || op === "notContains";
  const found = values.some((value) =>
    isText ? hasPart(textOf(field, click, link), value ?? "") : has(field, value, click, link, zone),
  );
  return op === "isNot" || op === "notContains" ? !found : found;
}

const folded = new Map<string, string>();

function foldOnce(text: string): string {
  const lower = folded.get(text) ?? fold(text);
  folded.set(text, lower);
  return lower;
}

export const hasPart = (text: string | null, part: string): boolean =>
  text !== null && foldOnce(text).includes(foldOnce(part));

/** What is searched for a part. */
function textOf(field: Field, click: Click, link: Known): string | null {
  if (isClickDimension(field)) return CLICK_VALUES[field](click);
  if (field === "domain" || field === "key" || field === "title") return link[field];
  throw new RangeError(`${field} has no text`);
}

function has(field: Field, value: string | null, click: Click, link: Known, zone: string): boolean {
  if (field === "hour") return localHour(click.clickedAt, zone) === Number(value);
  if (field === "weekday") return WEEKDAYS[localWeekday(click.clickedAt, zone)] === value;
  if (!isClickDimension(field)) return linkHas(field, value, link);
  const stored = CLICK_VALUES[field](click);
  if (value === null || stored === null) return value === stored;
  const [, length, md5] = /^~(\d{3,9})-([0-9a-f]{32})$/.exec(value) ?? [];
  if (md5) return [...stored].length === Number(length) && createHash("md5").update(stored).digest("hex") === md5;
  return clickHas(field, value, stored, click);
}

function linkHas(field: Exclude<Field, ClickDimensionKey>, value: string | null, link: Known): boolean {
  switch (field) {
    case "domain":
    case "key":
    case "title":
    case "folderId":
      return link[field] === value;
    case "externalId":
      return [value, value?.replace(/^ext_/, "") ?? null].includes(sentOf(link, field));
    case "tenantId":
    case "partnerId":
    case "programId":
      return sentOf(link, field) === value;
    case "tagId":
      return value === null ? link.tags.length === 0 : link.tags.some(({ id }) => id === value);
    case "archived":
      return String(link.archived) === value;
    case "root":
      return String(link.key === "_root") === value;
    default:
      throw new RangeError(`${field} is not of the link`);
  }
}

function clickHas(field: ClickDimensionKey, value: string, stored: string, click: Click): boolean {
  switch (field) {
    case "device":
    case "browser":
    case "os":
      return stored === value || stored === value.slice(0, 1).toUpperCase() + value.slice(1);
    case "country":
    case "continent":
      return stored === value || stored === value.toUpperCase();
    case "region":
      return isRegion(value, stored);
    case "url":
      return isDestination(value, stored, click.baseUrl);
    case "refererUrl":
      return stored === upTo(value, /[?#]/);
    default:
      return stored === value;
  }
}

function isRegion(value: string, stored: string): boolean {
  // After a hyphen it is the region of an unknown country.
  if (value.startsWith("-")) return stored === value.slice(1);
  return [value, value.toUpperCase()].some(
    (spelled) => stored === spelled || (!spelled.includes("-") && stored.endsWith(`-${spelled}`)),
  );
}

function isDestination(value: string, stored: string, base: string | null): boolean {
  // Without a question mark it is meant with any query; one at the very end says that there is none.
  if (!value.includes("?")) return base === upTo(value, /#/);
  return stored === withoutTracking(value.endsWith("?") ? value.slice(0, -1) : value);
}

function upTo(text: string, end: RegExp): string {
  const at = text.search(end);
  return at === -1 ? text : text.slice(0, at);
}

function withoutTracking(url: string): string {
  const page = upTo(url, /#/);
  const fragment = url.slice(page.length);
  const path = upTo(page, /\?/);
  if (path === page) return url;
  const parameters = page.slice(path.length + 1).split("&");
  const kept = parameters.filter((parameter) => !["dub_id", "via"].includes(upTo(parameter, /=/)));
  if (kept.length === parameters.length) return url;
  return kept.length === 0 ? path + fragment : `${path}?${kept.join("&")}${fragment}`;
}
