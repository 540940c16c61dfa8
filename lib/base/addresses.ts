import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { LRUCache } from "lru-cache";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A set of addresses and ranges. */
export type AddressList = { has: (address: string | null) => boolean };

/** Words for ranges in settings, with ipaddr.js's names of them. */
const WORDS: Record<string, readonly string[]> = {
  loopback: ["loopback"],
  private: ["private", "uniqueLocal", "linkLocal", "carrierGradeNat"],
};

const MOST_BITS = { ipv4: 32, ipv6: 128 };
/** Prefix of an IPv4-mapped IPv6 address. */
const MAPPED_BITS = 96;

/** An address with the port, brackets or quotes that proxies add. */
const BARE = [/^\[([^\]]+)\](?::\d{1,5})?$/, /^(\d+\.\d+\.\d+\.\d+)(?::\d{1,5})?$/];

/** Parses an address; an IPv4-mapped IPv6 address becomes IPv4. Octal, hexadecimal and short forms are rejected. */
const parsed = (text: string): Address | null => (isIP(text) === 0 ? null : ipaddr.process(text));

/** Connections are kept alive and proxies are few, so the same addresses repeat. */
const REMEMBERED = 1_000;
/** Longer text isn't an address and isn't cached. */
const LONGEST = 64;
/** Cache of parsed addresses; empty for text that isn't an address. */
const read = new LRUCache<string, string>({ max: REMEMBERED, memoMethod: (entry) => addressIn(entry) ?? "" });

/**
 * Normalises the address in an entry of a forwarding header: reads `203.0.113.7:51234`, `[::1]:443`, `::ffff:192.0.2.1`
 * and `"[2001:DB8::1]"`. Null when there is none.
 */
export function readAddress(entry: string): string | null {
  return entry.length > LONGEST ? addressIn(entry) : read.memo(entry) || null;
}

function addressIn(entry: string): string | null {
  const text = entry.trim().replace(/^"(.*)"$/, "$1");
  const bare = BARE.map((pattern) => pattern.exec(text)?.[1]).find((found) => found !== undefined) ?? text;
  return parsed(bare)?.toString() ?? null;
}

/**
 * Normalises a visitor's address as senders write it: the first of a chain, without port, brackets and zone. Other text
 * is only trimmed.
 */
export function visitorAddress(text: string): string {
  const [first = ""] = text.split(",");
  // Not cached: there are many visitors.
  return addressIn(first.trim().replace(/%[^\]]*/, "")) ?? text.trim();
}

/** Bytes of an address that its network keeps: /24 and /48. */
const NETWORK_BYTES = { ipv4: 3, ipv6: 6 };

/**
 * The network of a visitor's address, as its first address: of IPv4 the /24, of IPv6 the /48. Null for text that isn't an
 * address.
 */
export function networkAddress(text: string): string | null {
  const address = parsed(visitorAddress(text));
  if (!address) return null;
  const kept = NETWORK_BYTES[address.kind()];
  return ipaddr.fromByteArray(address.toByteArray().map((byte, at) => (at < kept ? byte : 0))).toString();
}

/** Whether a text is what a truncated address is stored as, which stands for everybody in its network. */
export const isNetworkAddress = (text: string): boolean => networkAddress(text) === visitorAddress(text);

/** Whether an IP address is reachable from the internet. */
export const isPublicAddress = (address: string): boolean => parsed(address)?.range() === "unicast";

function contains(entry: string): (address: Address) => boolean {
  const ranges = Object.hasOwn(WORDS, entry.toLowerCase()) ? WORDS[entry.toLowerCase()] : undefined;
  if (ranges) return (address) => ranges.includes(address.range());
  const [base = "", bits, ...rest] = entry.split("/");
  const written = isIP(base) === 0 ? null : ipaddr.parse(base);
  const most = written && MOST_BITS[written.kind()];
  const length = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : null;
  if (!written || !most || length === null || length > most || rest.length > 0)
    throw new RangeError(
      `has ${JSON.stringify(entry)}, which is neither an address nor a range such as 203.0.113.0/24`,
    );
  const isMapped = written instanceof ipaddr.IPv6 && written.isIPv4MappedAddress() && length >= MAPPED_BITS;
  if (isMapped) return within(written.toIPv4Address(), length - MAPPED_BITS);
  return within(written, length);
}

function within(network: Address, length: number): (address: Address) => boolean {
  return (address) => address.kind() === network.kind() && address.match(network, length);
}

/**
 * Parses a list such as `203.0.113.7, 2001:db8::/32`, with the words `loopback` and `private`.
 *
 * @throws RangeError naming the first invalid entry
 */
export function readAddressList(text: string): AddressList {
  const entries = text
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean)
    .map(contains);
  const among = (address: string): boolean => {
    const found = parsed(address);
    return found !== null && entries.some((isIn) => isIn(found));
  };
  const known = new LRUCache<string, boolean>({ max: REMEMBERED, memoMethod: among });
  return {
    has: (address) => address !== null && (address.length > LONGEST ? among(address) : known.memo(address)),
  };
}
