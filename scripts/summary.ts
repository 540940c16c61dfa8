import type { Env } from "@/lib/base/env";
import { SENDER } from "@/lib/senders/senders";
import { withConnection } from "@/scripts/connect";

/** Whether Settings has a live webhook secret. Needs a migrated database. */
export async function hasSettingsSecret(databaseUrl: string): Promise<boolean> {
  const query = "select 1 from webhook_secret where source = 'settings' and revoked_at is null limit 1";
  return (await withConnection(databaseUrl, (client) => client.query(query))).rowCount === 1;
}

/**
 * Printed when the server is ready: its URL, the webhook URL for Dub, and what is left to do.
 *
 * @param hasSecret whether there is a webhook secret besides the demo's
 * @param setupToken the one-time token, when there is no owner account yet
 */
export function summary(
  { PORT, PUBLIC_URL }: Env,
  hasSecret: boolean,
  setupToken: string | undefined,
  seconds: number,
): string {
  const address = PUBLIC_URL ?? `http://localhost:${PORT}`;
  const missing = [
    !PUBLIC_URL && "Dub needs a public https URL for this server. Set PUBLIC_URL to it: see docs/operating.md.",
    !hasSecret &&
      "Deliveries are rejected until you add the webhook's secret from Dub, on the page Settings or as DUB_WEBHOOK_SECRET.",
    setupToken && `There is no account yet. Create one at ${address}/setup?token=${setupToken}`,
  ].filter(Boolean);
  return [
    "",
    `Footfall is ready in ${seconds.toFixed(1)} s`,
    "",
    `  Open              ${address}`,
    `  Webhook for Dub   ${address}${SENDER.path}`,
    ...(missing.length > 0 ? ["", "To do:"] : []),
    ...missing.map((line) => `  • ${line}`),
    "",
    "Stop with Ctrl-C.",
    "",
  ].join("\n");
}
