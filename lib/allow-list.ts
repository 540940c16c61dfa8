import { BlockList, isIP } from "node:net";

const MAPPED = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;
const familyOf = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");

/**
 * Addresses and ranges such as `203.0.113.7, 2001:db8::/32`.
 *
 * @throws RangeError that names the first that is neither
 */
export function readAllowList(text: string): BlockList {
  const list = new BlockList();
  for (const entry of text.split(",").map((part) => part.trim())) {
    if (entry === "") continue;
    const [address = "", bits, ...rest] = entry.split("/");
    const longest = isIP(address) === 6 ? 128 : 32;
    const isRange = bits !== undefined;
    if (!isIP(address) || rest.length > 0 || (isRange && !(/^\d{1,3}$/.test(bits) && Number(bits) <= longest)))
      throw new RangeError(`has ${JSON.stringify(entry)}, which is no address and no range such as 203.0.113.0/24`);
    if (isRange) list.addSubnet(address, Number(bits), familyOf(address));
    else list.addAddress(address, familyOf(address));
  }
  return list;
}

/**
 * Whether the sender is on the list. `forwarded` is X-Forwarded-For: its last address is what the nearest proxy saw,
 * or the sender's own where there is no proxy.
 */
export function isAllowed(list: BlockList, forwarded: string | null): boolean {
  const address = forwarded?.split(",").at(-1)?.trim().replace(MAPPED, "") ?? "";
  return isIP(address) !== 0 && list.check(address, familyOf(address));
}
