import "server-only";
import { z } from "zod";
import { Prisma } from "@/lib/generated/prisma/client";
import { type Column, namesSql, rowsSql } from "@/lib/ingest/columns";
import type { LinkState } from "@/lib/ingest/link";

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

const KEY: Column<LinkState> = ["id", "text", (link) => link.id];
const DELETED: Column<LinkState> = ["deleted_at", "timestamptz", (link) => iso(link.deletedAt)];
/** What a newer payload overwrites. */
const STATE: Column<LinkState>[] = [
  ["domain", "text", (link) => link.domain],
  ["key", "text", (link) => link.key],
  ["short_link", "text", (link) => link.shortLink],
  ["url", "text", (link) => link.url],
  ["title", "text", (link) => link.title],
  ["tags", "jsonb", (link) => JSON.stringify(link.tags)],
  ["folder_id", "text", (link) => link.folderId],
  ["archived", "boolean", (link) => link.archived],
  ["payload", "jsonb", (link) => JSON.stringify(link.payload)],
  ["created_at", "timestamptz", (link) => iso(link.createdAt)],
  ["updated_at", "timestamptz", (link) => iso(link.updatedAt)],
];
const COLUMNS = [KEY, ...STATE, DELETED];

/** Null, so not true, when the payload has no date but the stored link has. */
const NEWER = "(link.updated_at is null or excluded.updated_at > link.updated_at)";
const ASSIGNMENTS = Prisma.raw(
  [
    ...STATE.map(([name]) => `${name} = case when ${NEWER} then excluded.${name} else link.${name} end`),
    "deleted_at = coalesce(link.deleted_at, excluded.deleted_at)",
  ].join(", "),
);
const CHANGES = Prisma.raw(`${NEWER} or (link.deleted_at is null and excluded.deleted_at is not null)`);

const Known = z.array(z.object({ id: z.string(), updated_at: z.date().nullable(), deleted_at: z.date().nullable() }));
const Written = z.array(z.object({ id: z.string(), updated_at: z.date().nullable() }));

/**
 * The states that may change something. An upsert locks a row even when it leaves it as it is, and then all clicks of a
 * busy link would wait for each other; what is older than a state read now stays older.
 */
async function withoutOld(tx: Prisma.TransactionClient, links: readonly LinkState[]): Promise<LinkState[]> {
  if (links.length === 0) return [];
  const ids = Prisma.join(links.map(({ id }) => id));
  const rows = Known.parse(
    await tx.$queryRaw(Prisma.sql`select id, updated_at, deleted_at from link where id in (${ids})`),
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  return links.filter(({ id, updatedAt, deletedAt }) => {
    const row = known.get(id);
    if (!row?.updated_at || (updatedAt !== null && updatedAt > row.updated_at)) return true;
    return deletedAt !== null && row.deleted_at === null;
  });
}

/** One state for each link, because a statement may touch a row only once. The newest, deleted if any says so. */
function merge(links: readonly LinkState[]): Map<string, LinkState> {
  const merged = new Map<string, LinkState>();
  for (const link of links) {
    const known = merged.get(link.id);
    const isNewer = !known?.updatedAt || (link.updatedAt !== null && link.updatedAt > known.updatedAt);
    merged.set(link.id, { ...(isNewer || !known ? link : known), deletedAt: known?.deletedAt ?? link.deletedAt });
  }
  return merged;
}

/**
 * Brings what is known of links up to date. A payload is newer than another by `updatedAt`; one without it only fills a
 * link that has none. A deletion stays, whatever comes later.
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
    returning id, updated_at`;
  const written = rows.length > 0 ? Written.parse(await tx.$queryRaw(statement)) : [];
  const stored = new Map(written.map((row) => [row.id, row.updated_at?.getTime() ?? null]));
  return ({ id, payload, updatedAt }) =>
    merged.get(id)?.payload === payload && stored.get(id) === (updatedAt?.getTime() ?? null);
}
