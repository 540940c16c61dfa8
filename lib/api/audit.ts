import "server-only";
import { type AuditFilters, type AuditRow, everyAudit } from "@/lib/account/audit/list";
import { type CsvColumn, csv } from "@/lib/api/csv";
import { CSV_TYPE } from "@/lib/api/export";
import { download } from "@/lib/base/http/download";

const COLUMNS: readonly CsvColumn<AuditRow>[] = [
  { name: "time", cell: ({ at }) => at.toISOString() },
  { name: "action", cell: ({ action }) => action },
  { name: "words", cell: ({ said }) => said },
  { name: "by", cell: ({ by }) => by },
  { name: "id", cell: ({ byId }) => byId },
  { name: "name", cell: ({ byName }) => byName },
  { name: "target", cell: ({ target }) => target },
  { name: "detail", cell: ({ detail }) => JSON.stringify(detail) },
  { name: "address", cell: ({ address }) => address },
  { name: "user_agent", cell: ({ agent }) => agent },
];

/** The audit log as CSV, latest first, streamed. */
export const exportAudit = (filters: AuditFilters, now: Date): Response =>
  download(
    csv(COLUMNS, everyAudit(filters, now), {}),
    `footfall-audit-${now.toISOString().slice(0, 10)}.csv`,
    CSV_TYPE,
  );
