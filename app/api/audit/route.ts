import { personActor } from "@/lib/account/audit/actions";
import { readAuditFilters } from "@/lib/account/audit/list";
import { record } from "@/lib/account/audit/record";
import { requireApiViewer } from "@/lib/account/session";
import { exportAudit } from "@/lib/api/audit";
import { otherMethods, route } from "@/lib/base/http/route";

/** The audit log as CSV, with the filters of its page. */
export const GET = route(async (request) => {
  const viewer = await requireApiViewer(request, "settings");
  const { searchParams } = new URL(request.url);
  await record("export.download", personActor(viewer), { target: "Audit log", headers: request.headers });
  return exportAudit(readAuditFilters(searchParams), new Date());
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
