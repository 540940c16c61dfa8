import type { Env } from "@/lib/env";

/**
 * What is printed when the server is ready: where it is, what to paste into Dub, and what is still missing.
 *
 * @param setupToken the one-time token, when there is no owner account yet
 */
export function summary(settings: Env, setupToken: string | undefined, seconds: number): string {
  const { PORT, PUBLIC_URL, DUB_WEBHOOK_SECRET } = settings;
  const address = PUBLIC_URL ?? `http://localhost:${PORT}`;
  const missing: string[] = [];
  if (!PUBLIC_URL) {
    missing.push("Dub must reach this server at a public https address. Set PUBLIC_URL to it: see docs/operating.md.");
  }
  if (DUB_WEBHOOK_SECRET.length === 0) {
    missing.push("No delivery is accepted yet. Set DUB_WEBHOOK_SECRET to the secret that Dub shows for the webhook.");
  }
  if (setupToken) {
    missing.push(`There is no account yet. Make the owner's at ${address}/setup?token=${setupToken}`);
  }
  return [
    "",
    `Footfall is ready in ${seconds.toFixed(1)} s`,
    "",
    `  Open              ${address}`,
    `  Webhook for Dub   ${address}/api/webhooks/dub`,
    ...(missing.length > 0 ? ["", "Still missing:"] : []),
    ...missing.map((line) => `  • ${line}`),
    "",
    "Stop with Ctrl-C.",
    "",
  ].join("\n");
}
