import type { Metadata } from "next";
import { headers } from "next/headers";
import { SharesList } from "@/components/settings/shares-list";
import { type PageProps, pageParams } from "@/components/views/page-params";
import { requireViewer } from "@/lib/account/session";
import { listShares } from "@/lib/account/shares/store";
import { zoneLabel } from "@/lib/base/format";
import { webhookUrl } from "@/lib/deliveries/webhook-url";
import { filtersFromParams } from "@/lib/question/codec/read";

export const metadata: Metadata = { title: "Share links" };

export default async function ShareLinks({ searchParams }: PageProps) {
  const viewer = await requireViewer("write");
  const shares = await listShares(viewer);
  const now = new Date();
  const { zone } = filtersFromParams(await pageParams(searchParams), now);
  return (
    <section aria-label="Share links" className="max-w-3xl overflow-hidden card">
      <div className="grid grid-cols-1 gap-2 border-line border-b px-4 py-4">
        <h2 className="font-semibold">Share links</h2>
        <p className="text-muted">
          {viewer.powers.includes("settings") ? "Everybody’s" : "Your"} views for people without an account. Times are
          in {zoneLabel(zone, now)}.
        </p>
      </div>
      <SharesList shares={shares} origin={new URL(webhookUrl(await headers())).origin} zone={zone} />
    </section>
  );
}
