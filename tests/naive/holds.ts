import { createHash } from "node:crypto";
import { tidyText } from "@/lib/base/clean";
import { fold } from "@/lib/base/fold";
import { sameKey } from "@/lib/click/destination";
import { type ClickDimensionKey, FIELD_OF, isClickDimension, WEEKDAYS } from "@/lib/click/dimensions";
import { spellDomain, spellKey, spellTitle } from "@/lib/click/links";
import { spell } from "@/lib/click/spell";
import type { Click } from "@/lib/generated/prisma/client";
import type { Condition, FieldName, Filters } from "@/lib/question/question";
import { partOfValue, searchForms } from "@/lib/question/row-selection";
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
    isText ? hasPart(textOf(field, click, link), partOnce(field, value ?? "")) : has(field, value, click, link, zone),
  );
  return op === "isNot" || op === "notContains" ? !found : found;
}

/** A function that remembers: the same few words are asked of every click. */
function remembering<Answer>(answer: (...words: string[]) => Answer): (...words: string[]) => Answer {
  const known = new Map<string, Answer>();
  return (...words) => {
    const name = words.join("\0");
    if (!known.has(name)) known.set(name, answer(...words));
    return known.get(name) as Answer;
  };
}

const foldOnce = remembering(fold);
const partOnce = remembering((field, text) => partOfValue(field as FieldName, text));
const formsOnce = remembering(searchForms);

/** Whether text has what somebody looks for, in one of the ways to write it. */
export const isFound = (text: string | null, search: string): boolean =>
  formsOnce(search).some((form) => hasPart(text, form));

export const hasPart = (text: string | null, part: string): boolean =>
  text !== null && foldOnce(text).includes(foldOnce(part));

/** What is searched for a part. */
function textOf(field: FieldName, click: Click, link: Known): string | null {
  if (isClickDimension(field)) return CLICK_VALUES[field](click);
  if (field === "domain" || field === "key" || field === "title") return link[field];
  throw new RangeError(`${field} has no text`);
}

function has(field: FieldName, value: string | null, click: Click, link: Known, zone: string): boolean {
  if (field === "hour") return localHour(click.clickedAt, zone) === Number(value);
  if (field === "weekday") return WEEKDAYS[localWeekday(click.clickedAt, zone)] === value;
  if (!isClickDimension(field)) return linkHas(field, value, link);
  const stored = CLICK_VALUES[field](click);
  const [, length, md5] = /^~(\d{3,9})-([0-9a-f]{32})$/.exec(value ?? "") ?? [];
  if (md5 && stored !== null)
    return [...stored].length === Number(length) && createHash("md5").update(stored).digest("hex") === md5;
  // A question mark alone says that there is no query, of no address: it is none, and not what has no address either.
  const asked = value === null ? null : spelledAs(field, field === "url" ? value.replace(/\?$/, "") : value);
  if (value === null || asked === null || stored === null) return asked === stored;
  return clickHas(field, value, stored, click);
}

const linkSpellings = {
  domain: remembering((value) => spellDomain(value) ?? value),
  key: remembering((value) => spellKey(value) ?? value),
  title: remembering((value) => spellTitle(value) ?? value),
};

const sameOrNull = (key: string | null): string | null => (key === null ? null : sameKey(key));

function linkHas(field: Exclude<FieldName, ClickDimensionKey>, value: string | null, link: Known): boolean {
  switch (field) {
    case "domain":
      return link.domain === (value === null ? null : linkSpellings.domain(value));
    case "key":
      return sameOrNull(link.key) === sameOrNull(value === null ? null : linkSpellings.key(value));
    case "title":
      return link.title === (value === null ? null : linkSpellings.title(value));
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

/** What a value is stored as; the unit tests of the spellings say what that is. */
const spelledAs = remembering((field, value): string | null => {
  return tidyText(value) === "" ? value : spell(FIELD_OF[field as ClickDimensionKey], value);
});

function clickHas(field: ClickDimensionKey, value: string, stored: string, click: Click): boolean {
  if (field === "region") return isRegion(value, stored);
  if (field === "url") return isDestination(value, stored, click.baseUrl);
  return stored === spelledAs(field, value);
}

function isRegion(value: string, stored: string): boolean {
  // After a hyphen it is the region of an unknown country.
  if (value.startsWith("-")) return stored === spelledAs("region", value.slice(1));
  const asked = spelledAs("region", value) ?? "";
  return stored === asked || (!asked.includes("-") && stored.endsWith(`-${asked}`));
}

function isDestination(value: string, stored: string, base: string | null): boolean {
  // Without a question mark it is meant with any query; one at the very end says that there is none.
  if (!value.includes("?")) return base === spelledAs("baseUrl", value);
  return stored === spelledAs("url", value.endsWith("?") ? value.slice(0, -1) : value);
}
