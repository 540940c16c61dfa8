import "server-only";
import { env } from "@/lib/env";

/** The address to paste into Dub: PUBLIC_URL, else the host that the reader's browser asked for. */
export function webhookUrl(headers: Headers): string {
  const { PUBLIC_URL, PORT } = env();
  const protocol = headers.get("x-forwarded-proto")?.split(",")[0] ?? "http";
  const origin = PUBLIC_URL ?? `${protocol}://${headers.get("host") ?? `localhost:${PORT}`}`;
  return `${origin}/api/webhooks/dub`;
}
