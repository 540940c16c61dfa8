import { createHmac } from "node:crypto";
import { isbot } from "isbot";
import type { StoredClick } from "@/lib/click/fields";

/** Bytes of a visitor's hash: 128 bits don't collide. */
const VISITOR_BYTES = 16;
/** Every real user agent identifies itself long before. */
const MAX_USER_AGENT = 2_000;

/** `visitorEstimated`: the IP address was withheld, and the visitor is estimated from place and user agent. */
export type Classified = Pick<StoredClick, "bot" | "visitor" | "visitorEstimated">;

type Traits = Pick<StoredClick, "ip" | "ua" | "country" | "region" | "city"> & { saysBot: boolean };

/** What visitors are hashed with: the server's key, and the salt of the click's period if visitors have one. */
export type VisitorKey = { key: string; salt: string | null };

/** Without a salt it is the hash that every version has made. */
const hashOf = ({ key, salt }: VisitorKey, ...parts: (string | null)[]): string =>
  createHmac("sha256", key)
    .update([...(salt === null ? [] : [salt]), ...parts.map((part) => part ?? "")].join("\0"))
    .digest()
    .subarray(0, VISITOR_BYTES)
    .toString("base64url");

/** The visitor with a whole IP address and a user agent. */
export const visitorAt = (ip: string, ua: string | null, key: VisitorKey): string => hashOf(key, ip, ua);

/** Classifies a click. `visitor` is a keyed hash of IP address and user agent; null when both are unknown. */
export function classify({ saysBot, ip, ua, country, region, city }: Traits, key: VisitorKey): Classified {
  const bot = saysBot || isbot(ua?.slice(0, MAX_USER_AGENT));
  if (ip !== null) return { bot, visitor: visitorAt(ip, ua, key), visitorEstimated: false };
  if (ua !== null) return { bot, visitor: hashOf(key, ua, country, region, city), visitorEstimated: true };
  return { bot, visitor: null, visitorEstimated: false };
}
