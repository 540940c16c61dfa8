import { createHmac } from "node:crypto";
import { isbot } from "isbot";
import type { StoredClick } from "@/lib/click/fields";

/** Bytes of a visitor's name: 128 bits do not collide. */
const VISITOR_BYTES = 16;
/** Every real user agent says what it is long before. */
const MAX_USER_AGENT = 2_000;

export type Classified = {
  bot: boolean;
  visitor: string | null;
  /** True when the sender withheld the ip and the visitor was told apart by place and user agent. */
  visitorEstimated: boolean;
};

type Traits = Pick<StoredClick, "ip" | "ua" | "country" | "region" | "city"> & { saysBot: boolean };

/** What a click is taken for. A visitor is a keyed hash of ip and user agent; null when neither is known. */
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
