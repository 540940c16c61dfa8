import "server-only";
import { db } from "@/lib/base/db";
import { DAY } from "@/lib/base/time";
import type { Audit, Prisma } from "@/lib/generated/prisma/client";
import { ACTIONS, type Action, isAction } from "./actions";

/** Days that can be chosen; null: all. */
export const SPANS = { "7d": 7, "30d": 30, "90d": 90, all: null } as const;
export type AuditSpan = keyof typeof SPANS;
const USUAL_SPAN: AuditSpan = "30d";

/** Which rows: of one action, within some days, and with a text in a name or address. */
export type AuditFilters = { action: Action | null; span: AuditSpan; search: string };

/** Reads filters from a query string. What isn't understood filters nothing, and is left out of the result. */
export function readAuditFilters(params: URLSearchParams): AuditFilters {
  const [action, span] = [params.get("action"), params.get("span")];
  return {
    action: isAction(action) ? action : null,
    span: span !== null && Object.hasOwn(SPANS, span) ? (span as AuditSpan) : USUAL_SPAN,
    search: (params.get("q") ?? "").trim(),
  };
}

function whereOf({ action, span, search }: AuditFilters, now: Date): Prisma.AuditWhereInput {
  const days = SPANS[span];
  // Prisma leaves the signs that stand for any text.
  const found = { contains: search.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" } as const;
  return {
    ...(action ? { action } : {}),
    ...(days === null ? {} : { at: { gte: new Date(now.getTime() - days * DAY) } }),
    ...(search === "" ? {} : { OR: [{ byName: found }, { target: found }, { address: found }] }),
  };
}

/** A row as shown. `said`: the action in words. */
export type AuditRow = Omit<Audit, "id"> & { id: string; said: string };

type Part = { limit: number; before: string | null; now: Date };

/** Rows, latest first, from a row's number on. `older`: the number with which the next page begins; null at the end. */
export async function listAudit(
  filters: AuditFilters,
  { limit, before, now }: Part,
): Promise<{ rows: AuditRow[]; older: string | null }> {
  const where = whereOf(filters, now);
  const from = before !== null && /^\d{1,18}$/.test(before) ? { id: { lt: BigInt(before) } } : {};
  const found = await db().audit.findMany({
    where: { AND: [where, from] },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const rows = found.slice(0, limit).map((row) => ({
    ...row,
    id: String(row.id),
    said: isAction(row.action) ? ACTIONS[row.action] : row.action,
  }));
  return { rows, older: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
}

/** All rows, latest first, a page in memory at a time. */
export async function* everyAudit(filters: AuditFilters, now: Date): AsyncGenerator<AuditRow> {
  let before: string | null = null;
  do {
    const { rows, older } = await listAudit(filters, { limit: 1_000, before, now });
    yield* rows;
    before = older;
  } while (before !== null);
}
