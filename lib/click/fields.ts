import type { SpellingName } from "@/lib/click/spell";
import type { Click } from "@/lib/generated/prisma/client";

/** Cards of the dashboard in reading order, with their names for screen readers. */
export const CARDS = {
  links: "Links and destinations",
  sources: "Sources",
  places: "Places",
  devices: "Devices",
  browsers: "Browsers and systems",
  campaigns: "Campaigns",
} as const;

export type CardKey = keyof typeof CARDS;
export const CARD_KEYS = Object.keys(CARDS) as CardKey[];

/** Sections of a click's panel in reading order, with their titles. */
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
  /** Name as Dub's `groupBy`: used for exports, tabs in URLs and the API. */
  groupBy: string;
  /** Singular, for chips and column heads. */
  label: string;
  /** Plural, for tabs. */
  plural: string;
  /** Shorter name of the tab, where the title of its card stands before it. */
  tab?: string;
  /** Name of the row without a value, in both directions. Stored as null. */
  none: string;
  /** The card with its tab; null for those of the heat map. */
  card: CardKey | null;
  /** Order in which a search for values looks through it; without one it isn't searched. */
  searchOrder?: number;
};

/** A dimension that is a field of the click. */
type OwnDimension = Dimension & {
  card: CardKey;
  /** Section of a click's panel. */
  section: SectionKey;
  /** Values for the demo and the benchmark, where they have no better ones. */
  samples?: readonly string[];
};

/** A stored field of a click. */
export type ClickField = {
  column: string;
  /** Postgres type of an array parameter. */
  type: "text" | "int" | "boolean" | "timestamptz";
  /** Column of the mirror, copied as it is or as `source`; null: not in the mirror. */
  mirror: { type: string; source?: string } | null;
  /** Whether it is in the list of clicks. A click's panel shows all. */
  isListed: boolean;
  /** Normalisation before it is stored or compared. */
  spelling?: SpellingName;
} & (
  | { sent?: never }
  /** The sender's name of it in a payload, if that is plain text which only needs normalisation. */
  | { sent: string; type: "text"; spelling: SpellingName }
) &
  ({ dimension?: never } | { dimension: OwnDimension; mirror: object; isListed: true });

const TEXT = { type: "text", mirror: { type: "varchar" }, isListed: true } as const;
const KEPT = { mirror: null, isListed: false } as const;

/**
 * The only list of a click's fields. Payloads, storage, mirror, dimensions, lists, exports, demo and benchmark derive
 * from it, in its order. The type checker names what is missing.
 */
// biome-ignore format: one line a field, and one for its dimension
export const FIELDS = {
  clickedAt: { column: "clicked_at", type: "timestamptz", mirror: { type: "timestamptz" }, isListed: true },
  slot: { column: "slot", type: "int", mirror: { type: "integer" }, isListed: false },
  // Visitors are only counted, so sixteen bytes of the hash suffice.
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
    dimension: { key: "utm_source", groupBy: "utm_sources", label: "UTM source", plural: "UTM sources", tab: "Source", none: "(none)", card: "campaigns", section: "campaign", searchOrder: 16 } },
  utmMedium: { column: "utm_medium", ...TEXT, spelling: "utm",
    dimension: { key: "utm_medium", groupBy: "utm_mediums", label: "UTM medium", plural: "UTM mediums", tab: "Medium", none: "(none)", card: "campaigns", section: "campaign", searchOrder: 17 } },
  utmCampaign: { column: "utm_campaign", ...TEXT, spelling: "utm",
    dimension: { key: "utm_campaign", groupBy: "utm_campaigns", label: "UTM campaign", plural: "UTM campaigns", tab: "Campaign", none: "(none)", card: "campaigns", section: "campaign", searchOrder: 18 } },
  utmTerm: { column: "utm_term", ...TEXT, spelling: "utm",
    dimension: { key: "utm_term", groupBy: "utm_terms", label: "UTM term", plural: "UTM terms", tab: "Term", none: "(none)", card: "campaigns", section: "campaign", searchOrder: 19 } },
  utmContent: { column: "utm_content", ...TEXT, spelling: "utm",
    dimension: { key: "utm_content", groupBy: "utm_contents", label: "UTM content", plural: "UTM contents", tab: "Content", none: "(none)", card: "campaigns", section: "campaign", searchOrder: 20 } },
  clickId: { column: "click_id", type: "text", mirror: null, isListed: true },
  receivedAt: { column: "received_at", type: "timestamptz", mirror: null, isListed: true },
  eventId: { column: "event_id", type: "text", ...KEPT },
  refererUrlRaw: { column: "referer_url_raw", type: "text", ...KEPT },
  urlRaw: { column: "url_raw", type: "text", ...KEPT },
  ip: { column: "ip", type: "text", ...KEPT },
  ua: { column: "ua", type: "text", ...KEPT },
  visitorEstimated: { column: "visitor_estimated", type: "boolean", mirror: { type: "boolean" }, isListed: false },
  secretId: { column: "secret_id", type: "int", ...KEPT },
} as const satisfies Record<FieldKey, ClickField>;

/** A click as stored, without the number that the database assigns. */
export type StoredClick = Omit<Click, "seq">;

export type FieldKey = keyof StoredClick;

type KeyOf<Shape> = { [Key in FieldKey]: (typeof FIELDS)[Key] extends Shape ? Key : never }[FieldKey];

export type ListedKey = KeyOf<{ isListed: true }>;

export type SpelledKey = KeyOf<{ spelling: string }>;

export type SentKey = KeyOf<{ sent: string }>;

export const CLICK_FIELDS: readonly (ClickField & { key: FieldKey })[] = Object.entries<ClickField>(FIELDS).map(
  ([key, field]) => ({ ...field, key: key as FieldKey }),
);
