import { isNetworkAddress } from "@/lib/base/addresses";
import { Failure } from "@/scripts/steps";

/** @throws Failure for what a truncated address is stored as: other people's clicks have it, too */
export function assertWhole(ip: string): void {
  if (isNetworkAddress(ip))
    throw new Failure(
      `${ip} is what truncated addresses are stored as: it stands for everybody in its network. Use the visitor's id on Settings → Privacy.`,
    );
}
