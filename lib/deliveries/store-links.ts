import "server-only";
import { z } from "zod";
import { type Column, namesSql, rowsSql } from "@/lib/base/rows-sql";
import { Prisma } from "@/lib/generated/prisma/client";
import type { LinkState } from "@/lib/senders/sender";

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

const KEY: Column<LinkState> = ["id", "text", (link) => link.id];
const DELETED: Column<LinkState> = ["deleted_at", "timestamptz", (link) => iso(link.deletedAt)];
/** What people see of a link. */
const SEEN: Column<LinkState>[] = [
  ["domain", "text", (link) => link.domain],
  ["key", "text", (link) => link.key],
  ["short_link", "text", (link) => link.shortLink],
  ["url", "text", (link) => link.url],
  ["title", "text", (link) => link.title],
  ["tags", "jsonb", (link) => JSON.stringify(link.tags)],
  ["folder_id", "text", (link) => link.folderId],
  ["archived", "boolean", (link) => link.archived],
  ["created_at", "timestamptz", (link) => iso(link.createdAt)],
  ["updated_at", "timestamptz", (link) => iso(link.updatedAt)],
];
/** What a newer payload overwrites. */
const STATE: Column<LinkState>[] = [
  ...SEEN,
  ["payload", "jsonb", (link) => JSON.stringify(link.payload)],
  ["said_at", "timestamptz", (link) => iso(link.saidAt)],
];
const COLUMNS = [KEY, ...STATE, DELETED];

/**
 * A tag that is renamed, or a folder that is moved, does not touch `updatedAt` of its links: of equal ones the later
 * message is right. Not true when the payload has no `updatedAt` but the stored link has.
 */
const NEWER = `((link.updated_at is null and excluded.updated_at is not null) or excluded.updated_at > link.updated_at
  or (excluded.updated_at = link.updated_at and (link.said_at is null or excluded.said_at > link.said_at))
  or (link.updated_at is null and excluded.updated_at is null
    and (link.said_at is null or excluded.said_at >= link.said_at)))`;
const ASSIGNMENTS = Prisma.raw(
  [
    ...STATE.map(([name]) => `${name} = case when ${NEWER} then excluded.${name} else link.${name} end`),
    "deleted_at = coalesce(link.deleted_at, excluded.deleted_at)",
  ].join(", "),
);
const CHANGES = Prisma.raw(`${NEWER} or (link.deleted_at is null and excluded.deleted_at is not null)`);

/** So often a link that stays the same is noted as confirmed: a message from before then is known to be late. */
const CONFIRM_MS = 60_000;

const Known = z.array(
  z.object({
    id: z.string(),
    updated_at: z.date().nullable(),
    said_at: z.date().nullable(),
    deleted_at: z.date().nullable(),
    is_same: z.boolean(),
  }),
);
const Written = z.array(z.object({ id: z.string(), said_at: z.date().nullable() }));

const seenOf = (table: string) => SEEN.map(([name]) => `${table}.${name}`).join(", ");
const IS_SAME = Prisma.raw(`(${seenOf("link")}) is not distinct from (${seenOf("given")})`);

const timeOf = (date: Date | null): number => date?.getTime() ?? Number.NEGATIVE_INFINITY;

/** Whether a state replaces what is known; the same rule as `NEWER`. */
function isNewer(link: LinkState, known: { updatedAt: Date | null; saidAt: Date | null } | undefined): boolean {
  if (!known) return true;
  if (!known.updatedAt) return link.updatedAt !== null || timeOf(link.saidAt) >= timeOf(known.saidAt);
  const difference = timeOf(link.updatedAt) - known.updatedAt.getTime();
  return difference > 0 || (difference === 0 && timeOf(link.saidAt) > timeOf(known.saidAt));
}

/**
 * The states that may change something. An upsert locks a row even when it leaves it as it is, and then all clicks of a
 * busy link would wait for each other; what is older than a state read now stays older.
 */
async function withoutOld(tx: Prisma.TransactionClient, links: readonly LinkState[]): Promise<LinkState[]> {
  if (links.length === 0) return [];
  const given = rowsSql([KEY, ...SEEN], links);
  const names = namesSql([KEY, ...SEEN]);
  const rows = Known.parse(
    await tx.$queryRaw(Prisma.sql`
      select link.id, link.updated_at, link.said_at, link.deleted_at, ${IS_SAME} as is_same
      from link join ${given} as given (${names}) on given.id = link.id`),
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  return links.filter((link) => {
    const row = known.get(link.id);
    if (!row) return true;
    if (link.deletedAt !== null && row.deleted_at === null) return true;
    if (!isNewer(link, { updatedAt: row.updated_at, saidAt: row.said_at })) return false;
    return !row.is_same || timeOf(link.saidAt) - timeOf(row.said_at) > CONFIRM_MS;
  });
}

/** One state for each link, because a statement may touch a row only once. The newest, deleted if any says so. */
function merge(links: readonly LinkState[]): Map<string, LinkState> {
  const merged = new Map<string, LinkState>();
  for (const link of links) {
    const known = merged.get(link.id);
    const deletedAt = known?.deletedAt ?? link.deletedAt;
    merged.set(link.id, { ...(known && !isNewer(link, known) ? known : link), deletedAt });
  }
  return merged;
}

/**
 * Brings what is known of links up to date. A payload is newer than another by `updatedAt`, then by when the message was
 * made; one without `updatedAt` only fills a link that has none. A deletion stays, whatever comes later.
 *
 * @returns tells whether this very state is now what is stored
 */
export async function storeLinks(
  tx: Prisma.TransactionClient,
  links: readonly LinkState[],
): Promise<(link: LinkState) => boolean> {
  const merged = merge(links);
  // Everybody takes the rows in the same order, so that nobody waits in a circle.
  const rows = (await withoutOld(tx, [...merged.values()])).sort((a, b) => (a.id < b.id ? -1 : 1));
  const statement = Prisma.sql`
    insert into link (${namesSql(COLUMNS)})
    select * from ${rowsSql(COLUMNS, rows)}
    on conflict (id) do update set ${ASSIGNMENTS} where ${CHANGES}
    returning id, said_at`;
  const written = rows.length > 0 ? Written.parse(await tx.$queryRaw(statement)) : [];
  const stored = new Map(written.map((row) => [row.id, row.said_at?.getTime() ?? null]));
  return ({ id, payload, saidAt }) => merged.get(id)?.payload === payload && stored.get(id) === saidAt.getTime();
}
