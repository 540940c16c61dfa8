import type { SpellingName } from "@/lib/click/spell";
import type { Click } from "@/lib/generated/prisma/client";

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

/** The sections of the panel of one click, in reading order, with their titles. */
export const SECTIONS = {
  click: "Click",
  link: "Link",
  destination: "Destination",
  source: "Source",
  place: "Place",
  device: "Device",
  campaign: "Campaign",
  ids: "Ids",
} as const;

export type SectionKey = keyof typeof SECTIONS;

/** What clicks are counted by, filtered by and listed with. */
export type Dimension = {
  /** Name in URLs and the CSV header. Public, so never renamed. */
  key: string;
  /** Dub's `groupBy` word for it: names the export, the tab in the URL and the API's question. */
  groupBy: string;
  /** Singular, as a chip or a column head says it. */
  label: string;
  /** As a tab says it. */
  plural: string;
  /** What a row with no value is called, on the way in and out. The storage has null. */
  none: string;
  /** Where it is a tab; null for what the heat map shows. */
  card: CardKey | null;
  /** Its place among the dimensions that a search for a value looks through; without one it is not looked through. */
  searchOrder?: number;
};

/** A dimension that is a field of the click. */
type OwnDimension = Dimension & {
  card: CardKey;
  /** Where the panel of one click shows it. */
  section: SectionKey;
  /** Values for the demo and the bench, where neither makes better ones. */
  samples?: readonly string[];
};

/** One thing that is kept of a click. */
export type ClickField = {
  column: string;
  /** Postgres' type, as an array parameter has it. */
  type: "text" | "int" | "boolean" | "timestamptz";
  /** In the mirror, which has what questions read: as it is, or as `source` makes it; null where it is left out. */
  mirror: { type: string; source?: string } | null;
  /** Whether the list of clicks has it; the panel of one click has all. */
  isListed: boolean;
  /** How what somebody says is spelled before it is stored or compared. */
  spelling?: SpellingName;
} & (
  | { sent?: never }
  /** The sender's word for it in a click's payload, where that holds plain text that only has to be spelled. */
  | { sent: string; type: "text"; spelling: SpellingName }
) &
  ({ dimension?: never } | { dimension: OwnDimension; mirror: object; isListed: true });

const TEXT = { type: "text", mirror: { type: "varchar" }, isListed: true } as const;
const KEPT = { mirror: null, isListed: false } as const;

/**
 * The only list of what is kept of a click: payloads, storage, mirror, dimensions, lists, exports, demo and bench
 * derive from it, in its order. The type checker names what is missing.
 */
// biome-ignore format: one line a field, and one for its dimension
export const FIELDS = {
  clickedAt: { column: "clicked_at", type: "timestamptz", mirror: { type: "timestamptz" }, isListed: true },
  slot: { column: "slot", type: "int", mirror: { type: "integer" }, isListed: false },
  // Visitors are only ever counted, so sixteen bytes that stand for the name will do.
  visitor: { column: "visitor", type: "text", mirror: { type: "uuid", source: "md5(visitor)::uuid" }, isListed: false },
  linkId: { column: "link_id", ...TEXT,
    dimension: { key: "linkId", groupBy: "top_links", label: "Link", plural: "Links", none: "Unknown", card: "links", section: "link", searchOrder: 1 } },
  url: { column: "url", ...TEXT, spelling: "destination",
    dimension: { key: "url", groupBy: "top_urls", label: "Destination", plural: "Destinations", none: "(none)", card: "links", section: "destination", searchOrder: 15 } },
  baseUrl: { column: "base_url", ...TEXT, spelling: "page",
    dimension: { key: "baseUrl", groupBy: "top_base_urls", label: "Page", plural: "Pages", none: "(none)", card: "links", section: "destination" } },
  referer: { column: "referer", ...TEXT, sent: "referer", spelling: "referer",
    dimension: { key: "referer", groupBy: "referers", label: "Referer", plural: "Referers", none: "(direct)", card: "sources", section: "source", searchOrder: 8 } },
  refererUrl: { column: "referer_url", ...TEXT, spelling: "refererUrl",
    dimension: { key: "refererUrl", groupBy: "referer_urls", label: "Referer URL", plural: "Referer URLs", none: "(direct)", card: "sources", section: "source", searchOrder: 9 } },
  country: { column: "country", ...TEXT, sent: "country", spelling: "country",
    dimension: { key: "country", groupBy: "countries", label: "Country", plural: "Countries", none: "Unknown", card: "places", section: "place", searchOrder: 4 } },
  region: { column: "region", ...TEXT, sent: "region", spelling: "region",
    dimension: { key: "region", groupBy: "regions", label: "Region", plural: "Regions", none: "Unknown", card: "places", section: "place", searchOrder: 5 } },
  city: { column: "city", ...TEXT, sent: "city", spelling: "text",
    dimension: { key: "city", groupBy: "cities", label: "City", plural: "Cities", none: "Unknown", card: "places", section: "place", searchOrder: 6 } },
  continent: { column: "continent", ...TEXT, sent: "continent", spelling: "continent",
    dimension: { key: "continent", groupBy: "continents", label: "Continent", plural: "Continents", none: "Unknown", card: "places", section: "place", searchOrder: 7 } },
  device: { column: "device", ...TEXT, sent: "device", spelling: "device",
    dimension: { key: "device", groupBy: "devices", label: "Device", plural: "Devices", none: "Unknown", card: "devices", section: "device", searchOrder: 10 } },
  trigger: { column: "trigger", ...TEXT, sent: "trigger", spelling: "trigger",
    dimension: { key: "trigger", groupBy: "triggers", label: "Trigger", plural: "Triggers", none: "Unknown", card: "devices", section: "click", searchOrder: 13 } },
  browser: { column: "browser", ...TEXT, sent: "browser", spelling: "browser",
    dimension: { key: "browser", groupBy: "browsers", label: "Browser", plural: "Browsers", none: "Unknown", card: "browsers", section: "device", searchOrder: 11 } },
  os: { column: "os", ...TEXT, sent: "os", spelling: "system",
    dimension: { key: "os", groupBy: "os", label: "System", plural: "Systems", none: "Unknown", card: "browsers", section: "device", searchOrder: 12 } },
  bot: { column: "bot", type: "boolean", mirror: { type: "boolean" }, isListed: true,
    dimension: { key: "bot", groupBy: "bots", label: "Visit by", plural: "Bots", none: "Unknown", card: "browsers", section: "click", searchOrder: 14 } },
  utmSource: { column: "utm_source", ...TEXT, spelling: "utm",
    dimension: { key: "utm_source", groupBy: "utm_sources", label: "UTM source", plural: "Source", none: "(none)", card: "campaigns", section: "campaign", searchOrder: 16 } },
  utmMedium: { column: "utm_medium", ...TEXT, spelling: "utm",
    dimension: { key: "utm_medium", groupBy: "utm_mediums", label: "UTM medium", plural: "Medium", none: "(none)", card: "campaigns", section: "campaign", searchOrder: 17 } },
  utmCampaign: { column: "utm_campaign", ...TEXT, spelling: "utm",
    dimension: { key: "utm_campaign", groupBy: "utm_campaigns", label: "UTM campaign", plural: "Campaign", none: "(none)", card: "campaigns", section: "campaign", searchOrder: 18 } },
  utmTerm: { column: "utm_term", ...TEXT, spelling: "utm",
    dimension: { key: "utm_term", groupBy: "utm_terms", label: "UTM term", plural: "Term", none: "(none)", card: "campaigns", section: "campaign", searchOrder: 19 } },
  utmContent: { column: "utm_content", ...TEXT, spelling: "utm",
    dimension: { key: "utm_content", groupBy: "utm_contents", label: "UTM content", plural: "Content", none: "(none)", card: "campaigns", section: "campaign", searchOrder: 20 } },
  clickId: { column: "click_id", type: "text", mirror: null, isListed: true },
  receivedAt: { column: "received_at", type: "timestamptz", mirror: null, isListed: true },
  eventId: { column: "event_id", type: "text", ...KEPT },
  refererUrlRaw: { column: "referer_url_raw", type: "text", ...KEPT },
  urlRaw: { column: "url_raw", type: "text", ...KEPT },
  ip: { column: "ip", type: "text", ...KEPT },
  ua: { column: "ua", type: "text", ...KEPT },
  visitorEstimated: { column: "visitor_estimated", type: "boolean", ...KEPT },
  secretId: { column: "secret_id", type: "int", ...KEPT },
} as const satisfies Record<FieldKey, ClickField>;

/** A click as it is stored, without the number that the database gives it. */
export type StoredClick = Omit<Click, "seq">;

export type FieldKey = keyof StoredClick;

type KeyOf<Shape> = { [Key in FieldKey]: (typeof FIELDS)[Key] extends Shape ? Key : never }[FieldKey];

export type ListedKey = KeyOf<{ isListed: true }>;

export type SpelledKey = KeyOf<{ spelling: string }>;

export type SentKey = KeyOf<{ sent: string }>;

const ENTRIES = Object.entries(FIELDS) as [FieldKey, ClickField][];

export const CLICK_FIELDS: readonly (ClickField & { key: FieldKey })[] = ENTRIES.map(([key, field]) => ({
  key,
  ...field,
}));
