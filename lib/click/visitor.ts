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

/** Classifies a click. `visitor` is a keyed hash of IP address and user agent; null when both are unknown. */
export function classify({ saysBot, ip, ua, country, region, city }: Traits, key: string): Classified {
  const name = (...parts: (string | null)[]): string =>
    createHmac("sha256", key)
      .update(parts.map((part) => part ?? "").join("\0"))
      .digest()
      .subarray(0, VISITOR_BYTES)
      .toString("base64url");
  const bot = saysBot || isbot(ua?.slice(0, MAX_USER_AGENT));
  if (ip !== null) return { bot, visitor: name(ip, ua), visitorEstimated: false };
  if (ua !== null) return { bot, visitor: name(ua, country, region, city), visitorEstimated: true };
  return { bot, visitor: null, visitorEstimated: false };
}
