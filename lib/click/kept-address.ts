import { networkAddress } from "@/lib/base/addresses";
import type { KeptAddress } from "@/lib/base/privacy";

/** What is stored of a visitor's address. Text that isn't an address is only stored in full. */
export function keptAddress(ip: string | null, kept: KeptAddress): string | null {
  if (ip === null || kept === "full") return ip;
  return kept === "none" ? null : networkAddress(ip);
}
