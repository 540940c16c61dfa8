import { dimensionsOf } from "@/lib/click/dimensions";
import { CARDS, type CardKey } from "@/lib/click/fields";
import { isTrackingParameter } from "@/lib/click/tracking-parameters";

// Every parameter of an address that is no condition; conditions are named after their fields.

/** Dub's parameters about things that a click does not tell. */
export const UNANSWERABLE: readonly string[] = ["groupId", "partnerTagId", "customerId", "saleType", "query"];

/** What is set once: of several the last counts, as it does for Dub. */
export const SETTINGS: ReadonlySet<string> = new Set([
  ...["interval", "start", "end", "timezone", "granularity", "bots", "event"],
  ...["compare", "compareStart", "compareEnd", "compareAlign"],
]);

/** Parameters that say the same as another, so that they go when it is set or removed. */
export const SYNONYMS: Record<string, readonly string[]> = {
  trigger: ["qr"],
  tagId: ["tagIds"],
  interval: ["start", "end"],
  compare: ["compareStart", "compareEnd", "compareAlign"],
};

/** Where a list was left, and what was open in it: of no use when it has other rows. */
export const POSITIONS: readonly string[] = ["page", "before", "after", "click", "delivery", "show", "find", "by"];

/** Null: any text; otherwise the words that it takes. */
type Choices = readonly string[] | null;

const anyText = (...names: string[]) => names.map((name) => [name, null] as const);

const cards = (Object.keys(CARDS) as CardKey[]).map(
  (card) => [card, dimensionsOf(card).map(({ groupBy }) => groupBy)] as const,
);

/** The cards' tabs, and the list of all rows of one. */
const DASHBOARD = [...cards, ...anyText("show", "find", "by", "page")];

/** Whether a CSV begins with a byte order mark. */
const BOM = ["bom", ["true", "false"]] as const;

/** What `/api/analytics` takes for answers that have rows. */
export const ROW_PARAMETERS = ["search", "sortBy", "sortOrder", "limit", "offset"] as const;

/**
 * What each page and route understands beside settings and conditions: how something is shown. Whatever stands in none
 * of these lists is a problem, so that a misspelt filter never widens a result.
 */
const OWN = {
  overview: [...DASHBOARD, ["view", ["plain"]]],
  link: DASHBOARD,
  links: anyText("q", "sort", "page"),
  events: anyText("click"),
  compare: anyText("align", "q"),
  deliveries: anyText("outcome", "reason", "type", "link", "id", "secret", "span", "before", "delivery"),
  "api/analytics": anyText("groupBy", "saleUnit", ...ROW_PARAMETERS),
  "api/why": anyText("groupBy"),
  "api/events": anyText("limit", "before", "after", "words", "order", "sortBy", "sortOrder", "page"),
  "api/export": [BOM],
  "api/export/events": [BOM, ...anyText("columns")],
  "api/values": anyText("search"),
  "api/links": anyText("search"),
  "api/live": anyText("after"),
} as const satisfies Record<string, readonly (readonly [name: string, choices: Choices])[]>;

export type Endpoint = keyof typeof OWN;

/** The allowed values of an endpoint's own parameter; undefined when the endpoint doesn't know it. */
export function ownChoices(endpoint: Endpoint | null, name: string): Choices | undefined {
  const own: readonly (readonly [name: string, choices: Choices])[] = endpoint === null ? [] : OWN[endpoint];
  return own.find(([known]) => known === name)?.[1];
}

/** Whether a parameter was appended by others: Next's own, and what advertisers and mailers add to every address. */
export const isAppended = (name: string): boolean => name === "_rsc" || isTrackingParameter(name);

const PAGES: ReadonlyMap<string, Endpoint> = new Map([
  ["/", "overview"],
  ["/links", "links"],
  ["/events", "events"],
  ["/compare", "compare"],
  ["/deliveries", "deliveries"],
]);

/** The page that a path leads to, or null for one that reads nothing but settings. */
export function endpointOfPath(path: string): Endpoint | null {
  return PAGES.get(path) ?? (/^\/links\/[^/]+$/.test(path) ? "link" : null);
}

/** A page's parameters without its own: its question, as every other place reads it. What nobody understands stays. */
export function questionOf(params: URLSearchParams, path: string): URLSearchParams {
  const endpoint = endpointOfPath(path);
  return new URLSearchParams([...params].filter(([name]) => ownChoices(endpoint, name) === undefined));
}
