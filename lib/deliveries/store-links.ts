import "server-only";
import { z } from "zod";
import { type Column, namesSql, rowsSql } from "@/lib/base/rows-sql";
import { timeOf } from "@/lib/base/time";
import { storeDestinations } from "@/lib/deliveries/store-destinations";
import { Prisma } from "@/lib/generated/prisma/client";
import type { LinkState } from "@/lib/senders/sender";

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

const KEY: Column<LinkState> = ["id", "text", (link) => link.id];
const DELETED: Column<LinkState> = ["deleted_at", "timestamptz", (link) => iso(link.deletedAt)];
/** Columns that the pages show. */
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
/** Columns that a newer payload overwrites. */
const STATE: Column<LinkState>[] = [
  ...SEEN,
  ["payload", "jsonb", (link) => JSON.stringify(link.payload)],
  ["said_at", "timestamptz", (link) => iso(link.saidAt)],
];
const COLUMNS = [KEY, ...STATE, DELETED];

/**
 * With equal `updatedAt` the later message wins: renaming a tag or moving a folder doesn't change it. Not if only the
 * stored link has one.
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

/** How often an unchanged link is confirmed. Messages from before the last confirmation are known to be late. */
const CONFIRM_MS = 60_000;

const time = z.date().nullable();
const KnownRow = z.object({
  ...{ id: z.string(), url: z.string().nullable(), isSame: z.boolean() },
  ...{ createdAt: time, updatedAt: time, saidAt: time, deletedAt: time },
});
type KnownRow = z.infer<typeof KnownRow>;
const Written = z.array(z.object({ id: z.string(), said_at: time }));

const seenOf = (table: string) => SEEN.map(([name]) => `${table}.${name}`).join(", ");
const IS_SAME = Prisma.raw(`(${seenOf("link")}) is not distinct from (${seenOf("given")})`);

/** Whether a state replaces the stored one: the same rule as `NEWER`. */
function isNewer(link: LinkState, known: { updatedAt: Date | null; saidAt: Date | null } | undefined): boolean {
  if (!known) return true;
  if (!known.updatedAt) return link.updatedAt !== null || timeOf(link.saidAt) >= timeOf(known.saidAt);
  const difference = timeOf(link.updatedAt) - known.updatedAt.getTime();
  return difference > 0 || (difference === 0 && timeOf(link.saidAt) > timeOf(known.saidAt));
}

/** What is stored of these links, by id, and whether it is what they say. */
async function readKnown(
  tx: Prisma.TransactionClient,
  links: readonly LinkState[],
): Promise<ReadonlyMap<string, KnownRow>> {
  if (links.length === 0) return new Map();
  const given = rowsSql([KEY, ...SEEN], links);
  const names = namesSql([KEY, ...SEEN]);
  const rows = z.array(KnownRow).parse(
    await tx.$queryRaw(Prisma.sql`
      select link.id, link.url, link.created_at as "createdAt", link.updated_at as "updatedAt",
             link.said_at as "saidAt", link.deleted_at as "deletedAt", ${IS_SAME} as "isSame"
      from link join ${given} as given (${names}) on given.id = link.id`),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * States that may change something: an upsert would lock even rows that it doesn't change, for which other clicks of a
 * busy link would wait. A state that is older than what is read here stays older.
 */
function withoutOld(links: readonly LinkState[], known: ReadonlyMap<string, KnownRow>): LinkState[] {
  return links.filter((link) => {
    const row = known.get(link.id);
    if (!row) return true;
    if (link.deletedAt !== null && row.deletedAt === null) return true;
    if (!isNewer(link, row)) return false;
    return !row.isSame || timeOf(link.saidAt) - timeOf(row.saidAt) > CONFIRM_MS;
  });
}

/** Merges states by link, as a statement may touch a row only once: the newest, deleted if any says so. */
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
 * Updates the stored links. Payloads are ordered by `updatedAt`, then by the time of their message; one without
 * `updatedAt` only fills a link that has none. A deletion is final. Destinations that a link has had are kept.
 *
 * @returns whether a given state is the stored one now
 */
export async function storeLinks(
  tx: Prisma.TransactionClient,
  links: readonly LinkState[],
): Promise<(link: LinkState) => boolean> {
  const merged = merge(links);
  // All transactions lock rows in the same order, so that there is no deadlock.
  const known = await readKnown(tx, [...merged.values()]);
  const rows = withoutOld([...merged.values()], known).sort((a, b) => (a.id < b.id ? -1 : 1));
  const statement = Prisma.sql`
    insert into link (${namesSql(COLUMNS)})
    select * from ${rowsSql(COLUMNS, rows)}
    on conflict (id) do update set ${ASSIGNMENTS} where ${CHANGES}
    returning id, said_at`;
  const written = rows.length > 0 ? Written.parse(await tx.$queryRaw(statement)) : [];
  const stored = new Map(written.map((row) => [row.id, row.said_at?.getTime() ?? null]));
  await storeDestinations(tx, links, known);
  return ({ id, payload, saidAt }) => merged.get(id)?.payload === payload && stored.get(id) === saidAt.getTime();
}
