import "server-only";
import { z } from "zod";
import { Prisma } from "@/lib/generated/prisma/client";
import type { Classified } from "@/lib/ingest/classify";
import type { Click } from "@/lib/ingest/click";
import { type Column, namesSql, rowsSql } from "@/lib/ingest/columns";

/** A click as it is stored. */
export type ClickRow = Click & Classified & { eventId: string | null; receivedAt: Date; secretId: number | null };

const COLUMNS: Column<ClickRow>[] = [
  ["link_id", "text", (row) => row.linkId],
  ["click_id", "text", (row) => row.clickId],
  ["clicked_at", "timestamptz", (row) => row.clickedAt.toISOString()],
  ["slot", "int", (row) => row.slot],
  ["received_at", "timestamptz", (row) => row.receivedAt.toISOString()],
  ["event_id", "text", (row) => row.eventId],
  ["continent", "text", (row) => row.continent],
  ["country", "text", (row) => row.country],
  ["region", "text", (row) => row.region],
  ["city", "text", (row) => row.city],
  ["device", "text", (row) => row.device],
  ["browser", "text", (row) => row.browser],
  ["os", "text", (row) => row.os],
  ["trigger", "text", (row) => row.trigger],
  ["referer", "text", (row) => row.referer],
  ["referer_url", "text", (row) => row.refererUrl],
  ["referer_url_raw", "text", (row) => row.refererUrlRaw],
  ["url", "text", (row) => row.url],
  ["base_url", "text", (row) => row.baseUrl],
  ["url_raw", "text", (row) => row.urlRaw],
  ["utm_source", "text", (row) => row.utmSource],
  ["utm_medium", "text", (row) => row.utmMedium],
  ["utm_campaign", "text", (row) => row.utmCampaign],
  ["utm_term", "text", (row) => row.utmTerm],
  ["utm_content", "text", (row) => row.utmContent],
  ["bot", "boolean", (row) => row.bot],
  ["ip", "text", (row) => row.ip],
  ["ua", "text", (row) => row.ua],
  ["visitor", "text", (row) => row.visitor],
  ["visitor_estimated", "boolean", (row) => row.visitorEstimated],
  ["secret_id", "int", (row) => row.secretId],
];

const Written = z.array(z.object({ link_id: z.string(), click_id: z.string(), clicked_at: z.date() }));

/** A click's identity as text: link, click id and time, in the order of the table's key. */
const keyOf = (linkId: string, clickId: string, clickedAt: Date): string =>
  [linkId, clickId, clickedAt.toISOString()].join("\0");

/**
 * Stores the clicks that are not there yet.
 *
 * @returns the rows that are new; of the same click twice, the first
 */
export async function storeClicks(
  tx: Prisma.TransactionClient,
  rows: readonly ClickRow[],
): Promise<ReadonlySet<ClickRow>> {
  const byKey = new Map<string, ClickRow>();
  for (const row of rows) {
    const key = keyOf(row.linkId, row.clickId, row.clickedAt);
    if (!byKey.has(key)) byKey.set(key, row);
  }
  // Everybody takes the keys in the same order, so that nobody waits in a circle.
  const sorted = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const statement = Prisma.sql`
    insert into click (${namesSql(COLUMNS)})
    select * from ${rowsSql(COLUMNS, sorted)}
    on conflict (link_id, click_id, clicked_at) do nothing
    returning link_id, click_id, clicked_at`;
  const written = sorted.length > 0 ? Written.parse(await tx.$queryRaw(statement)) : [];
  return new Set(written.flatMap((row) => byKey.get(keyOf(row.link_id, row.click_id, row.clicked_at)) ?? []));
}
