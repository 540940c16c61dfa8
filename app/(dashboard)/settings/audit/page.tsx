import { Download } from "lucide-react";
import type { Metadata } from "next";
import { AuditControls, AuditTable } from "@/components/settings/audit-table";
import { Nothing } from "@/components/ui/card";
import { type PageProps, pageParams } from "@/components/views/page-params";
import { listAudit, readAuditFilters } from "@/lib/account/audit/list";
import { requireViewer } from "@/lib/account/session";
import { zoneLabel } from "@/lib/base/format";
import { hrefTo } from "@/lib/question/codec/query-string";
import { filtersFromParams } from "@/lib/question/codec/read";
import { withParam } from "@/lib/question/codec/write";

export const metadata: Metadata = { title: "Audit log" };

const PAGE_SIZE = 100;

export default async function AuditLog({ searchParams }: PageProps) {
  await requireViewer("settings");
  const params = await pageParams(searchParams);
  const now = new Date();
  const { zone } = filtersFromParams(params, now);
  const filters = readAuditFilters(params);
  const { rows, older } = await listAudit(filters, { limit: PAGE_SIZE, before: params.get("before"), now });
  const file = hrefTo("/api/audit", withParam(withParam(params, "before", null), "timezone", null));
  return (
    <section aria-label="Audit log" className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <p className="max-w-2xl text-muted">
          Sign-ins, exports and changes: who, when and from where. Nothing here can be changed or deleted in Footfall.
          Times are in {zoneLabel(zone, now)}.
        </p>
        {/* A whole request, as the answer is a file. */}
        <a href={file} download className="tool gap-2">
          <Download aria-hidden className="size-4" />
          CSV
        </a>
      </div>
      <AuditControls filters={filters} params={params} />
      {rows.length > 0 ? (
        <AuditTable rows={rows} older={older} params={params} zone={zone} />
      ) : (
        <Nothing>Nothing matches in this range. Choose All, or remove a filter.</Nothing>
      )}
    </section>
  );
}
