import { dimensionsOf } from "@/lib/click/dimensions";
import { CARD_KEYS } from "@/lib/click/fields";
import { isTrackingParameter } from "@/lib/click/tracking-parameters";

// All parameters of a URL that aren't conditions, which are named after their fields.

/** Dub's parameters about things that clicks don't have. */
export const UNANSWERABLE: readonly string[] = ["groupId", "partnerTagId", "customerId", "saleType", "query"];

/** Settings. Of repeated ones the last counts, as in Dub. */
export const SETTINGS: ReadonlySet<string> = new Set([
  ...["interval", "start", "end", "timezone", "weekStart", "granularity", "bots", "event"],
  ...["compare", "compareStart", "compareEnd", "compareAlign"],
]);

/** Other names of the same setting, removed when it is set or removed. */
export const SYNONYMS: Record<string, readonly string[]> = {
  trigger: ["qr"],
  tagId: ["tagIds"],
  interval: ["start", "end"],
  compare: ["compareStart", "compareEnd", "compareAlign"],
};

/** State of a list, removed when its rows change. */
export const POSITIONS: readonly string[] = ["page", "before", "after", "click", "delivery", "show", "find", "by"];

/** Null: any text; otherwise the allowed words. */
type Choices = readonly string[] | null;

const anyText = (...names: string[]) => names.map((name) => [name, null] as const);

const cards = CARD_KEYS.map((card) => [card, dimensionsOf(card).map(({ groupBy }) => groupBy)] as const);

/** Tabs of the cards, and what the week shows. */
export const TABS: ReadonlySet<string> = new Set([...CARD_KEYS, "week"]);

/** Those, and the panel with all rows of a card. */
const DASHBOARD = [...cards, ["week", ["total", "median"]] as const, ...anyText("show", "find", "by", "page")];

/** How a CSV is written: with a byte order mark or not, what parts its fields, and the clock of its times. */
const CSV = [
  ["bom", ["true", "false"]],
  ["delimiter", ["comma", "semicolon", "tab"]],
  ["times", ["local", "utc"]],
] as const;

/** Whether breakdowns are counted without conditions on their own dimension, as cards are. */
const FACETS = ["facets", ["true", "false"]] as const;

/** Whether a breakdown's rows count their visitors. */
const VISITORS = ["visitors", ["true", "false"]] as const;

/** What `/api/v1/analytics` takes for answers that have rows. */
export const ROW_PARAMETERS = ["search", "sortBy", "sortOrder", "limit", "offset", "facets", "visitors"] as const;

/** What each page and route takes besides. Any other parameter is a problem: a typo must not widen a result. */
const OWN = {
  overview: [...DASHBOARD, ["view", ["plain"]]],
  link: DASHBOARD,
  share: DASHBOARD,
  links: anyText("q", "sort", "page"),
  events: anyText("click"),
  compare: [["align", ["first", "calendar"]], ...anyText("q")],
  deliveries: anyText("outcome", "reason", "type", "link", "id", "secret", "span", "before", "delivery"),
  "api/v1/analytics": [...anyText("groupBy", "saleUnit"), FACETS, VISITORS, ...anyText(...ROW_PARAMETERS)],
  "api/why": [FACETS, ...anyText("groupBy")],
  "api/v1/events": anyText("limit", "before", "after", "words", "order", "sortBy", "sortOrder", "page"),
  "api/v1/clicks": anyText("after", "limit"),
  "api/v1/links": anyText("search", "sort", "page", "limit"),
  "api/v1/values": anyText("search", "limit"),
  "api/export": [...CSV, FACETS, ...anyText("upTo")],
  "api/export/events": [...CSV, ...anyText("columns", "upTo")],
  "api/export/rows": anyText("columns", "upTo"),
  "api/values": anyText("search"),
  "api/links": anyText("search"),
  "api/live": anyText("after"),
} as const satisfies Record<string, readonly (readonly [name: string, choices: Choices])[]>;

export type Endpoint = keyof typeof OWN;

/** An endpoint's own parameters, and their values where these are a closed list. */
export const ownParameters = (endpoint: Endpoint): readonly (readonly [name: string, choices: Choices])[] =>
  OWN[endpoint];

/** Names of all parameters that say how some page shows something. */
export const OWN_PARAMETERS: readonly string[] = [
  ...new Set(
    Object.entries(OWN).flatMap(([endpoint, own]) => (endpoint.includes("/") ? [] : own.map(([name]) => name))),
  ),
];

/** The allowed values of an endpoint's own parameter; undefined when the endpoint doesn't know it. */
export function ownChoices(endpoint: Endpoint | null, name: string): Choices | undefined {
  const own = endpoint === null ? [] : ownParameters(endpoint);
  return own.find(([known]) => known === name)?.[1];
}

/** Whether a parameter was appended by others: by Next, or by advertisers and mailers. */
export const isAppended = (name: string): boolean => name === "_rsc" || isTrackingParameter(name);

const PAGES: ReadonlyMap<string, Endpoint> = new Map([
  ["/", "overview"],
  ["/links", "links"],
  ["/events", "events"],
  ["/compare", "compare"],
  ["/deliveries", "deliveries"],
]);

/** The page of a path, or null for one that only reads settings. */
export function endpointOfPath(path: string): Endpoint | null {
  const [, folder] = /^\/(links|share)\/[^/]+$/.exec(path) ?? [];
  return PAGES.get(path) ?? (folder === "links" ? "link" : folder === "share" ? "share" : null);
}

/** A page's parameters without its own: its question, as every other place reads it. Unknown ones stay. */
export function questionOf(params: URLSearchParams, path: string): URLSearchParams {
  const endpoint = endpointOfPath(path);
  return new URLSearchParams([...params].filter(([name]) => ownChoices(endpoint, name) === undefined));
}
