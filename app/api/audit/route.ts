import { readAuditFilters } from "@/lib/account/audit/list";
import { requireApiViewer } from "@/lib/account/session";
import { exportAudit } from "@/lib/api/audit";
import { otherMethods, route } from "@/lib/base/http/route";

/** The audit log as CSV, with the filters of its page. */
export const GET = route(async (request) => {
  await requireApiViewer(request, "settings");
  const { searchParams } = new URL(request.url);
  return exportAudit(readAuditFilters(searchParams), new Date());
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
