import { isIP } from "node:net";
import { networkAddress, visitorAddress } from "@/lib/base/addresses";
import { MAX_DEPTH } from "@/lib/base/clean";
import type { KeptAddress } from "@/lib/base/privacy";
import { keptAddress } from "@/lib/click/kept-address";

/**
 * Whatever may be a part of an address. Separators before and after it are not of it. No longer than addresses are, so that
 * a long text of such letters takes no longer than another.
 */
const ADDRESS_LIKE = /[0-9a-f]{0,4}:[0-9a-f:.]{0,43}[0-9a-f:]|\d{1,3}(?:\.\d{1,3}){3}/gi;
/** A body without these has no address. Letters of JSON may be escaped. */
const SUSPECT = /\d\.\d|[0-9a-f:]:|\\u00/i;

/** Where a click's address stands: whatever is one there is cut, also with something after it. */
const ADDRESS_KEY = "ip";
/** Versions may look like addresses. */
const VERSION_KEYS = new Set(["browser", "os", "ua", "version"]);

/** What a text is by the key above it: an address, a version, or anything. */
type Meaning = "address" | "version" | "any";

function meaningOf(key: string, above: Meaning): Meaning {
  const name = key.toLowerCase();
  if (name === ADDRESS_KEY) return "address";
  return above === "version" || VERSION_KEYS.has(name) ? "version" : "any";
}

const isAddressList = (text: string): boolean => text.split(",").every((one) => isIP(visitorAddress(one)) !== 0);

/** A copy of parsed JSON in which addresses are cut. What is too deep to be looked at is null. */
function cutValue(value: unknown, kept: KeptAddress, meaning: Meaning = "any", depth = 0): unknown {
  if (typeof value === "string") {
    if (meaning === "version" || networkAddress(value) === null) return value;
    return meaning === "address" || isAddressList(value) ? keptAddress(value, kept) : value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (depth === MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => cutValue(item, kept, meaning, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, cutValue(item, kept, meaningOf(key, meaning), depth + 1)]),
  );
}

const isSame = (value: unknown, other: unknown): boolean => {
  if (typeof value !== "object" || value === null) return value === other;
  if (typeof other !== "object" || other === null) return false;
  const others = Object.values(other);
  return Object.values(value).every((item, at) => isSame(item, others[at]));
};

/** Text that isn't JSON, in which whatever looks like an address is cut. */
function cutText(text: string, kept: KeptAddress): string {
  return text.replace(ADDRESS_LIKE, (found) => {
    // What was written before it, such as `ip:203.0.113.7`.
    const [before, address] = /^:(?!:)/.test(found) ? [":", found.slice(1)] : ["", found];
    return networkAddress(address) === null ? found : `${before}${keptAddress(address, kept) ?? ""}`;
  });
}

/**
 * A body in which IP addresses are cut to what is kept: texts that are an address or a list of them, at any depth, but for
 * those under keys of versions. A body without any is unchanged to the byte; another is written anew as JSON. In one that isn't JSON, whatever looks like an address is cut.
 */
export function cutBody(body: Buffer, kept: KeptAddress): Buffer {
  if (kept === "full") return body;
  // One character for each byte, so that bytes that aren't UTF-8 survive.
  const text = body.toString("latin1");
  if (!SUSPECT.test(text)) return body;
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(body));
  } catch {
    const cut = cutText(text, kept);
    return cut === text ? body : Buffer.from(cut, "latin1");
  }
  const cut = cutValue(parsed, kept);
  return isSame(cut, parsed) ? body : Buffer.from(JSON.stringify(cut));
}
