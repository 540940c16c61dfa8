import { z } from "zod";
import { PASSWORD_LENGTH } from "@/lib/account/password-length";
import { NAME_LENGTH, tidyName } from "@/lib/account/views/view";
import { text as words } from "@/lib/base/problems";
import { DAY } from "@/lib/base/time";
import { CARD_KEYS, type CardKey } from "@/lib/click/fields";
import { endpointOfPath, ownChoices, questionOf, SETTINGS, TABS } from "@/lib/question/codec/parameters";
import { canonicalQuery } from "@/lib/question/codec/write";

/** What the page of a share link shows besides the totals, in its order. */
export type Part = "chart" | CardKey | "map" | "week";
export const PARTS: readonly Part[] = ["chart", ...CARD_KEYS, "map", "week"];

/**
 * How the range of a share link moves. `rolling`: as the view's, such as the last 30 days. `fixed`: the days that the view
 * shows now. `frozen`: these, and nothing that is stored later.
 */
export const RANGES = ["rolling", "fixed", "frozen"] as const;
export type ShareRange = (typeof RANGES)[number];

/** Limit of a body: a view and some addresses. */
export const MAX_SHARE_BYTES = 32_768;

const MAX_QUERY = 8_000;
const MOST_SITES = 20;
const MOST_LEAST = 1_000;
const LONGEST_MS = 3_660 * DAY;

const flag = z.boolean(words.flag);

/** The origin of an address, such as "https://www.example.com"; null for what isn't a web site's. */
function originOf(text: string): string | null {
  const address = /^[a-z][a-z\d+.-]*:/i.test(text) && !/^[^/:]+:\d+(\/|$)/.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, origin, username } = new URL(address);
  const isSite = (protocol === "https:" || protocol === "http:") && username === "";
  // What stands in the policy must not end its directive.
  return isSite && /^(\[[\da-f:.]+\]|[\w.-]+)$/.test(hostname) ? origin : null;
}

const site = z
  .string(words.anyText)
  .trim()
  .transform((text, context) => {
    const origin = originOf(text);
    if (origin !== null) return origin;
    context.addIssue(words.shares.site(text));
    return z.NEVER;
  });

const least = z
  .int(words.fromTo("0", String(MOST_LEAST)))
  .min(0, words.fromTo("0", String(MOST_LEAST)))
  .max(MOST_LEAST, words.fromTo("0", String(MOST_LEAST)));

/** A share link to make: the page and query string of a view, and what its readers get. */
export const NewShare = z
  .strictObject({
    name: z
      .string(words.anyText)
      .transform(tidyName)
      .pipe(z.string().min(1, words.shares.name).max(NAME_LENGTH, words.atMost(NAME_LENGTH))),
    path: z.string(words.anyText).refine((path) => pageOf(path) !== null, words.shares.path),
    query: z
      .string(words.anyText)
      .transform((text) => new URLSearchParams(text))
      .refine((params) => canonicalQuery(params).length <= MAX_QUERY, words.atMost(MAX_QUERY)),
    range: z.enum(RANGES, words.oneOf(RANGES)).default("rolling"),
    parts: z
      .array(z.enum(PARTS, words.oneOfMany(PARTS)))
      .transform((list) => PARTS.filter((part) => list.includes(part)))
      .default([...PARTS]),
    mayFilter: flag.default(true),
    isCompared: flag.default(true),
    least: least.default(0),
    password: z
      .string(words.anyText)
      .min(PASSWORD_LENGTH.min, words.atLeast(PASSWORD_LENGTH.min))
      .max(PASSWORD_LENGTH.max, words.atMost(PASSWORD_LENGTH.max))
      .nullable()
      .default(null),
    embedOn: z.array(site).max(MOST_SITES, words.limit.tooMany(MOST_SITES)).default([]),
    hasPicture: flag.default(false),
    expiresAt: z.iso
      .datetime({ offset: true, error: words.keys.time })
      .transform((text) => new Date(text))
      .refine((time) => time.getTime() > Date.now(), words.keys.past)
      .refine((time) => time.getTime() < Date.now() + LONGEST_MS, words.shares.late)
      .nullable()
      .default(null),
  })
  .refine(({ least, mayFilter }) => least === 0 || !mayFilter, { path: ["mayFilter"], error: words.shares.filter })
  .refine(({ least, isCompared }) => least === 0 || !isCompared, { path: ["isCompared"], error: words.shares.compare })
  .refine(({ password, hasPicture }) => password === null || !hasPicture, {
    path: ["hasPicture"],
    error: words.shares.picture,
  });
export type NewShare = z.output<typeof NewShare>;

/** The page that can be shared at a path: a link's id, or "" for the overview; null for other pages. */
export function pageOf(path: string): string | null {
  const endpoint = endpointOfPath(path);
  if (endpoint === "overview") return "";
  if (endpoint !== "link") return null;
  try {
    return decodeURIComponent(path.slice("/links/".length)) || null;
  } catch {
    return null;
  }
}

/** The tabs that an address chooses. */
const tabsIn = (params: URLSearchParams): [string, string][] => [...params].filter(([name]) => TABS.has(name));

/** What is shared of a view: which clicks in which range, and its tabs; not its panels. */
export const sharedQuestion = (params: URLSearchParams, path: string): URLSearchParams =>
  new URLSearchParams(canonicalQuery(new URLSearchParams([...questionOf(params, path), ...tabsIn(params)])));

/** An address with the tabs of a share link's view where it chooses none. */
export function withSharedTabs(params: URLSearchParams, shared: URLSearchParams): URLSearchParams {
  const kept = tabsIn(shared).filter(([name]) => !params.has(name));
  return new URLSearchParams([...kept, ...params]);
}

/** Path of the page of a share link. */
export const sharePath = (token: string): string => `/share/${token}`;

type Reach = { mayFilter: boolean; least: number };

/**
 * What the reader of a share link may ask for in its address: tabs, panels and steps of the chart, and conditions if they
 * may filter. What is locked isn't read.
 */
export const readerParams = (params: URLSearchParams, { mayFilter, least }: Reach): URLSearchParams =>
  new URLSearchParams(
    [...params].filter(
      ([name]) =>
        // Two steps beside each other would tell a small number.
        (name === "granularity" && least === 0) ||
        ownChoices("share", name) !== undefined ||
        (mayFilter && !SETTINGS.has(name)),
    ),
  );
