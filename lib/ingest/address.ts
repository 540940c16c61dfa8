import { isIP, SocketAddress } from "node:net";

const MAPPED = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;

/** One spelling of an IP address: IPv6 in its short form, IPv4 in IPv6 as IPv4. Other text as it is, less space around. */
export function canonicalAddress(text: string): string {
  const address = text.trim().replace(/^\[(.*)\]$/, "$1");
  if (isIP(address) !== 6) return address;
  const short = new SocketAddress({ address, family: "ipv6" }).address;
  return short.replace(MAPPED, "");
}
