import { hasFlag } from "country-flag-icons";
import { programIcon, siteIcon } from "@/lib/base/icons";
import type { DimensionKey } from "@/lib/click/dimensions";

/**
 * What stands before a value: the path of a picture of our own, the name of a drawing, `#` and the colour of a tag, or a
 * letter; null for nothing. A text, because a page has many.
 */
export type RowSign = string | null;

/** Values with a drawing of the same name. Others can be any text. */
const DRAWN: Partial<Record<DimensionKey, readonly string[]>> = {
  device: ["Desktop", "Mobile", "Tablet", "Console", "Smarttv", "Wearable", "Embedded"],
  trigger: ["link", "qr", "pageview", "deeplink"],
};

/** Dimensions whose values get a tile with their first letter if they have no picture. */
const LETTERED: readonly DimensionKey[] = ["referer", "refererUrl", "browser", "os", "url", "baseUrl"];

/** Path of the picture of a browser, a system, a site or an app, or null. */
function pictureOf(dimension: DimensionKey, value: string, text: string): string | null {
  if (dimension === "browser" || dimension === "os") return programIcon(value);
  if (dimension === "referer") return siteIcon(value) ?? programIcon(text.replace(/ app$/, ""));
  const host = dimension === "refererUrl" ? /^(?:https?:\/\/)?([^/:?#]+)/i.exec(value)?.[1] : undefined;
  return host ? siteIcon(host) : null;
}

/** The flag of a country from our own files, or a globe. */
export const flagOf = (country: string | null): RowSign =>
  country && hasFlag(country) ? `/flags/${country}.svg` : "globe";

export type Signed = { dimension: DimensionKey; value: string | null; country: string | null; text: string };

/** The sign of a value. */
export function rowSign({ dimension, value, country, text }: Signed): RowSign {
  if (dimension === "country" || dimension === "region" || dimension === "city") return flagOf(country);
  if (value !== null && DRAWN[dimension]?.includes(value)) return value;
  if (dimension === "linkId") return "short";
  if (value === null && (dimension === "referer" || dimension === "refererUrl")) return "direct";
  const picture = value === null ? null : pictureOf(dimension, value, text);
  if (picture || !LETTERED.includes(dimension)) return picture;
  return /[\p{L}\p{N}]/u.exec(value === null ? "" : text.replace(/^https?:\/\/(www\.)?/, ""))?.[0] ?? "·";
}
