import "server-only";
import { isIP } from "node:net";
import { isPublicAddress } from "@/lib/base/addresses";
import { env } from "@/lib/base/env";
import { parseUrl } from "@/lib/base/urls";
import { SENDER } from "@/lib/senders/senders";

/** The first entry of a header that each proxy may add to. */
const firstOf = (header: string | null): string | undefined => header?.split(",", 1)[0]?.trim() || undefined;

/** Whether a URL's host can be reached from the internet: neither a private address nor a name without a domain. */
export function isPublicUrl(url: string): boolean {
  const host = (parseUrl(url)?.hostname ?? "").replace(/^\[|\]$/g, "");
  if (isIP(host)) return isPublicAddress(host);
  return host.includes(".") && !/\.(local|localhost|internal|lan|home\.arpa|test)$/.test(host);
}

/** Where this installation is: PUBLIC_URL, else the host that was asked for, as proxies tell it. */
export function homeOf(headers: Headers): string {
  const { PUBLIC_URL, PORT } = env();
  const protocol = firstOf(headers.get("x-forwarded-proto")) ?? "http";
  const host = firstOf(headers.get("x-forwarded-host")) ?? headers.get("host") ?? `localhost:${PORT}`;
  const asked = `${protocol}://${host}`;
  // Anybody may send any host.
  return PUBLIC_URL ?? (URL.canParse(asked) ? asked : `http://localhost:${PORT}`);
}

/** The address to give to the sender. */
export const webhookUrl = (headers: Headers): string => `${homeOf(headers)}${SENDER.path}`;
