import "server-only";
import { env } from "@/lib/base/env";
import { SENDER } from "@/lib/senders/senders";

/** The address to give to the sender: PUBLIC_URL, else the host that the reader's browser asked for, as proxies tell it. */
export function webhookUrl(headers: Headers): string {
  const { PUBLIC_URL, PORT } = env();
  const protocol = headers.get("x-forwarded-proto") ?? "http";
  const host = headers.get("x-forwarded-host") ?? headers.get("host") ?? `localhost:${PORT}`;
  const origin = PUBLIC_URL ?? `${protocol}://${host}`;
  return `${origin}${SENDER.path}`;
}
