import { spellPage, spellReferer, spellRefererUrl } from "@/lib/click/address";
import { spellDestination, spellUtm } from "@/lib/click/destination";
import { spellBrowser, spellCity, spellDevice, spellSystem, spellTrigger } from "@/lib/click/names";
import { spellContinent, spellCountry, spellRegion } from "@/lib/click/places";
import type { Click } from "@/lib/generated/prisma/client";

/** One thing that is kept of a click. */
type Field = {
  column: string;
  /** Postgres' type, as an array parameter has it. */
  type: "text" | "int" | "boolean" | "timestamptz";
  /** In the mirror, which has what questions read: as it is, or as `source` makes it; null where it is left out. */
  mirror: { type: string; source?: string } | null;
  /** Whether the list of clicks has it; the panel of one click has all. */
  isListed: boolean;
  /** What is stored and asked for instead of what somebody says; null when that is no value. Says the same twice. */
  spell?: (text: string) => string | null;
};

const TEXT = { type: "varchar" };

/**
 * The only list of what is kept of a click. The insert, its row, the mirror, the list, and what conditions compare with
 * are derived from it; the order is that of the mirror's file. A column of the schema that is missing here is a type
 * error, and so is a field that the payload's reader leaves out.
 */
// biome-ignore format: one line a field
export const FIELDS = {
  clickedAt: { column: "clicked_at", type: "timestamptz", mirror: { type: "timestamptz" }, isListed: true },
  slot: { column: "slot", type: "int", mirror: { type: "integer" }, isListed: false },
  // Visitors are only ever counted, so sixteen bytes that stand for the name will do.
  visitor: { column: "visitor", type: "text", mirror: { type: "uuid", source: "md5(visitor)::uuid" }, isListed: false },
  linkId: { column: "link_id", type: "text", mirror: TEXT, isListed: true },
  url: { column: "url", type: "text", mirror: TEXT, isListed: true, spell: (text) => spellDestination(text) },
  baseUrl: { column: "base_url", type: "text", mirror: TEXT, isListed: true, spell: (text) => spellPage(text) || null },
  referer: { column: "referer", type: "text", mirror: TEXT, isListed: true, spell: spellReferer },
  refererUrl: { column: "referer_url", type: "text", mirror: TEXT, isListed: true, spell: spellRefererUrl },
  country: { column: "country", type: "text", mirror: TEXT, isListed: true, spell: spellCountry },
  region: { column: "region", type: "text", mirror: TEXT, isListed: true, spell: spellRegion },
  city: { column: "city", type: "text", mirror: TEXT, isListed: true, spell: spellCity },
  continent: { column: "continent", type: "text", mirror: TEXT, isListed: true, spell: spellContinent },
  device: { column: "device", type: "text", mirror: TEXT, isListed: true, spell: spellDevice },
  trigger: { column: "trigger", type: "text", mirror: TEXT, isListed: true, spell: spellTrigger },
  browser: { column: "browser", type: "text", mirror: TEXT, isListed: true, spell: spellBrowser },
  os: { column: "os", type: "text", mirror: TEXT, isListed: true, spell: spellSystem },
  bot: { column: "bot", type: "boolean", mirror: { type: "boolean" }, isListed: true },
  utmSource: { column: "utm_source", type: "text", mirror: TEXT, isListed: true, spell: spellUtm },
  utmMedium: { column: "utm_medium", type: "text", mirror: TEXT, isListed: true, spell: spellUtm },
  utmCampaign: { column: "utm_campaign", type: "text", mirror: TEXT, isListed: true, spell: spellUtm },
  utmTerm: { column: "utm_term", type: "text", mirror: TEXT, isListed: true, spell: spellUtm },
  utmContent: { column: "utm_content", type: "text", mirror: TEXT, isListed: true, spell: spellUtm },
  clickId: { column: "click_id", type: "text", mirror: null, isListed: true },
  receivedAt: { column: "received_at", type: "timestamptz", mirror: null, isListed: true },
  eventId: { column: "event_id", type: "text", mirror: null, isListed: false },
  refererUrlRaw: { column: "referer_url_raw", type: "text", mirror: null, isListed: false },
  urlRaw: { column: "url_raw", type: "text", mirror: null, isListed: false },
  ip: { column: "ip", type: "text", mirror: null, isListed: false },
  ua: { column: "ua", type: "text", mirror: null, isListed: false },
  visitorEstimated: { column: "visitor_estimated", type: "boolean", mirror: null, isListed: false },
  secretId: { column: "secret_id", type: "int", mirror: null, isListed: false },
} as const satisfies Record<FieldKey, Field>;

/** A click as it is stored, without the number that the database gives it. */
export type StoredClick = Omit<Click, "seq">;

export type FieldKey = keyof StoredClick;

/** What only the panel of one click shows. */
export type UnlistedKey = { [Key in FieldKey]: (typeof FIELDS)[Key]["isListed"] extends true ? never : Key }[FieldKey];

const ENTRIES = Object.entries(FIELDS) as [FieldKey, Field][];

/** Every field with its key, in the order of the list. */
export const CLICK_FIELDS: readonly (Field & { key: FieldKey })[] = ENTRIES.map(([key, field]) => ({ key, ...field }));
