import type { FieldKey } from "@/lib/click/fields";

/** The cards of the dashboard, in reading order, and what a screen reader calls them. */
export const CARDS = {
  links: "Links and destinations",
  sources: "Sources",
  places: "Places",
  devices: "Devices",
  browsers: "Browsers and systems",
  campaigns: "Campaigns",
} as const;

export type CardKey = keyof typeof CARDS;

type Dimension = {
  /** Name in URLs and the CSV header. Public, so never renamed. */
  key: string;
  /** Dub's `groupBy` word for it: names the export, the tab in the URL and the API's question. */
  groupBy: string;
  /** Whose property it is: the click's own, that of its link, or of the moment in the view's zone. */
  of: "click" | "link" | "time";
  /** The click's field, where it is the click's own. */
  field?: FieldKey;
  /** Singular, as a chip or a column head says it. */
  label: string;
  /** As a tab says it. */
  plural: string;
  /** Where it is a tab; null for what the heat map shows. */
  card: CardKey | null;
  /** What a row with no value is called, on the way in and out. The storage has null. */
  none: string;
};

/** The only list of dimensions: filters, SQL, cards, tabs, API words and CSV columns are derived from it. */
// biome-ignore format: one line a dimension
export const DIMENSIONS = [
  { key: "linkId", groupBy: "top_links", of: "click", field: "linkId", label: "Link", plural: "Links", card: "links", none: "Unknown" },
  { key: "url", groupBy: "top_urls", of: "click", field: "url", label: "Destination", plural: "Destinations", card: "links", none: "(none)" },
  { key: "baseUrl", groupBy: "top_base_urls", of: "click", field: "baseUrl", label: "Page", plural: "Pages", card: "links", none: "(none)" },
  { key: "domain", groupBy: "top_domains", of: "link", label: "Domain", plural: "Domains", card: "links", none: "(none)" },
  { key: "tagId", groupBy: "top_link_tags", of: "link", label: "Tag", plural: "Tags", card: "links", none: "(none)" },
  { key: "folderId", groupBy: "top_folders", of: "link", label: "Folder", plural: "Folders", card: "links", none: "(none)" },
  { key: "referer", groupBy: "referers", of: "click", field: "referer", label: "Referer", plural: "Referers", card: "sources", none: "(direct)" },
  { key: "refererUrl", groupBy: "referer_urls", of: "click", field: "refererUrl", label: "Referer URL", plural: "Referer URLs", card: "sources", none: "(direct)" },
  { key: "country", groupBy: "countries", of: "click", field: "country", label: "Country", plural: "Countries", card: "places", none: "Unknown" },
  { key: "region", groupBy: "regions", of: "click", field: "region", label: "Region", plural: "Regions", card: "places", none: "Unknown" },
  { key: "city", groupBy: "cities", of: "click", field: "city", label: "City", plural: "Cities", card: "places", none: "Unknown" },
  { key: "continent", groupBy: "continents", of: "click", field: "continent", label: "Continent", plural: "Continents", card: "places", none: "Unknown" },
  { key: "device", groupBy: "devices", of: "click", field: "device", label: "Device", plural: "Devices", card: "devices", none: "Unknown" },
  { key: "trigger", groupBy: "triggers", of: "click", field: "trigger", label: "Trigger", plural: "Triggers", card: "devices", none: "Unknown" },
  { key: "browser", groupBy: "browsers", of: "click", field: "browser", label: "Browser", plural: "Browsers", card: "browsers", none: "Unknown" },
  { key: "os", groupBy: "os", of: "click", field: "os", label: "System", plural: "Systems", card: "browsers", none: "Unknown" },
  { key: "bot", groupBy: "bots", of: "click", field: "bot", label: "Visit by", plural: "Bots", card: "browsers", none: "Unknown" },
  { key: "utm_source", groupBy: "utm_sources", of: "click", field: "utmSource", label: "UTM source", plural: "Source", card: "campaigns", none: "(none)" },
  { key: "utm_medium", groupBy: "utm_mediums", of: "click", field: "utmMedium", label: "UTM medium", plural: "Medium", card: "campaigns", none: "(none)" },
  { key: "utm_campaign", groupBy: "utm_campaigns", of: "click", field: "utmCampaign", label: "UTM campaign", plural: "Campaign", card: "campaigns", none: "(none)" },
  { key: "utm_term", groupBy: "utm_terms", of: "click", field: "utmTerm", label: "UTM term", plural: "Term", card: "campaigns", none: "(none)" },
  { key: "utm_content", groupBy: "utm_contents", of: "click", field: "utmContent", label: "UTM content", plural: "Content", card: "campaigns", none: "(none)" },
  { key: "hour", groupBy: "hours", of: "time", label: "Hour of day", plural: "Hours", card: null, none: "Unknown" },
  { key: "weekday", groupBy: "weekdays", of: "time", label: "Day of week", plural: "Weekdays", card: null, none: "Unknown" },
] as const satisfies readonly Dimension[];

type Entry = (typeof DIMENSIONS)[number];
export type DimensionKey = Entry["key"];
export type ClickDimensionKey = Extract<Entry, { of: "click" }>["key"];
export type LinkDimensionKey = Extract<Entry, { of: "link" }>["key"];
export type TimeDimensionKey = Extract<Entry, { of: "time" }>["key"];
export type GroupBy = Entry["groupBy"];

/** The words of the dimension `bot`. */
export const BOT_WORDS = ["bot", "human"] as const;

/** The words of the dimension `weekday`, from Monday. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

const keysOf = (of: Dimension["of"]): ReadonlySet<string> =>
  new Set(DIMENSIONS.filter((entry) => entry.of === of).map(({ key }) => key));
const CLICK_KEYS = keysOf("click");
const LINK_KEYS = keysOf("link");
const TIME_KEYS = keysOf("time");

/** Whether a name is that of a property of the click itself. */
export const isClickDimension = (key: string): key is ClickDimensionKey => CLICK_KEYS.has(key);

/** Whether a name is that of a property of the link. */
export const isLinkDimension = (key: string): key is LinkDimensionKey => LINK_KEYS.has(key);

/** Whether a name is that of something that follows from the moment. */
export const isTimeDimension = (key: string): key is TimeDimensionKey => TIME_KEYS.has(key);

/** The field of a click that a dimension is. */
export const FIELD_OF = Object.fromEntries(
  DIMENSIONS.flatMap((entry) => (entry.of === "click" ? [[entry.key, entry.field]] : [])),
) as { [Key in ClickDimensionKey]: Extract<Entry, { key: Key; of: "click" }>["field"] };

/** The entry of a dimension, by its key. */
export function dimension(key: DimensionKey): Dimension & { key: DimensionKey; groupBy: GroupBy } {
  const found = DIMENSIONS.find((entry) => entry.key === key);
  if (!found) throw new RangeError(`No dimension ${key}`);
  return found;
}

/** The entry of a dimension by Dub's `groupBy` word, or undefined when there is none. */
export function dimensionByGroupBy(groupBy: string) {
  return DIMENSIONS.find((entry) => entry.groupBy === groupBy);
}

/** The tabs of one card, in order. */
export function dimensionsOf(card: CardKey) {
  return DIMENSIONS.filter((entry) => entry.card === card);
}
