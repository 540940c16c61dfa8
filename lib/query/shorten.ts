import "server-only";
import { createHash } from "node:crypto";
import { cutText, formatLongName, LONGEST_VALUE } from "@/lib/long-value";
import type { ListedClick } from "@/lib/query/answers";
import type { Words } from "@/lib/query/click-words";

/** A stored value as lists and their addresses carry it: itself, or its name when it is long. */
export function inShort(value: string): string {
  if (value.length <= LONGEST_VALUE) return value;
  const md5 = createHash("md5").update(value).digest("hex");
  return formatLongName({ length: Array.from(value).length, md5 });
}

const LONG_FIELDS = [
  "url",
  "baseUrl",
  "referer",
  "refererUrl",
  "city",
  "utmSource",
  "utmMedium",
  "utmCampaign",
  "utmTerm",
  "utmContent",
] as const;

/** A click of a list for people, with long values by their names and words as far as a cell shows them. */
export function shortened<Click extends ListedClick & { words: Words }>(click: Click): Click {
  const values = LONG_FIELDS.map((field) => [field, click[field] && inShort(click[field])]);
  const words = Object.entries(click.words).map(([key, text]) => [key, cutText(text)]);
  const { link } = click;
  const known = link && { ...link, url: link.url && cutText(link.url), title: link.title && cutText(link.title) };
  return { ...click, ...Object.fromEntries(values), words: Object.fromEntries(words), link: known };
}
