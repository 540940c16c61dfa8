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
  /** Column of `click`. */
  column: string;
  /** Singular, as a chip or a column head says it. */
  label: string;
  /** As a tab says it. */
  plural: string;
  card: CardKey;
  /** What a row with no value is called, on the way in and out. The storage has null. */
  none: string;
};

/** The only list of dimensions: filters, SQL, cards, tabs, API words and CSV columns are derived from it. */
// biome-ignore format: one line a dimension
export const DIMENSIONS = [
  { key: "linkId", groupBy: "top_links", column: "link_id", label: "Link", plural: "Links", card: "links", none: "Unknown" },
  { key: "url", groupBy: "top_urls", column: "url", label: "Destination", plural: "Destinations", card: "links", none: "(none)" },
  { key: "baseUrl", groupBy: "top_base_urls", column: "base_url", label: "Page", plural: "Pages", card: "links", none: "(none)" },
  { key: "referer", groupBy: "referers", column: "referer", label: "Referer", plural: "Referers", card: "sources", none: "(direct)" },
  { key: "refererUrl", groupBy: "referer_urls", column: "referer_url", label: "Referer URL", plural: "Referer URLs", card: "sources", none: "(direct)" },
  { key: "country", groupBy: "countries", column: "country", label: "Country", plural: "Countries", card: "places", none: "Unknown" },
  { key: "region", groupBy: "regions", column: "region", label: "Region", plural: "Regions", card: "places", none: "Unknown" },
  { key: "city", groupBy: "cities", column: "city", label: "City", plural: "Cities", card: "places", none: "Unknown" },
  { key: "continent", groupBy: "continents", column: "continent", label: "Continent", plural: "Continents", card: "places", none: "Unknown" },
  { key: "device", groupBy: "devices", column: "device", label: "Device", plural: "Devices", card: "devices", none: "Unknown" },
  { key: "trigger", groupBy: "triggers", column: "trigger", label: "Trigger", plural: "Triggers", card: "devices", none: "Unknown" },
  { key: "browser", groupBy: "browsers", column: "browser", label: "Browser", plural: "Browsers", card: "browsers", none: "Unknown" },
  { key: "os", groupBy: "os", column: "os", label: "System", plural: "Systems", card: "browsers", none: "Unknown" },
  { key: "utm_source", groupBy: "utm_sources", column: "utm_source", label: "UTM source", plural: "Source", card: "campaigns", none: "(none)" },
  { key: "utm_medium", groupBy: "utm_mediums", column: "utm_medium", label: "UTM medium", plural: "Medium", card: "campaigns", none: "(none)" },
  { key: "utm_campaign", groupBy: "utm_campaigns", column: "utm_campaign", label: "UTM campaign", plural: "Campaign", card: "campaigns", none: "(none)" },
  { key: "utm_term", groupBy: "utm_terms", column: "utm_term", label: "UTM term", plural: "Term", card: "campaigns", none: "(none)" },
  { key: "utm_content", groupBy: "utm_contents", column: "utm_content", label: "UTM content", plural: "Content", card: "campaigns", none: "(none)" },
] as const satisfies readonly Dimension[];

export type DimensionKey = (typeof DIMENSIONS)[number]["key"];
export type GroupBy = (typeof DIMENSIONS)[number]["groupBy"];

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
