import "server-only";
import { type Column, namesSql, rowsSql } from "@/lib/base/rows-sql";
import { inOrder } from "@/lib/click/destinations";
import { type Destination, Prisma } from "@/lib/generated/prisma/client";
import type { LinkState } from "@/lib/senders/sender";

/** What was stored of a link before. */
type Known = Pick<LinkState, "id" | "url" | "createdAt" | "updatedAt"> & { saidAt: Date | null };

const COLUMNS: Column<Destination>[] = [
  ["link_id", "text", (row) => row.linkId],
  ["since", "timestamptz", (row) => row.since.toISOString()],
  ["url", "text", (row) => row.url],
  ["said_at", "timestamptz", (row) => row.saidAt?.toISOString() ?? null],
];

/** The destination that a state tells, if any. */
function destinationOf({ id, url, createdAt, updatedAt, saidAt }: Known): Destination[] {
  const since = updatedAt ?? saidAt ?? createdAt;
  return url === null || since === null ? [] : [{ linkId: id, since, url, saidAt }];
}

/** A state without a time of change says nothing about a link that has one. */
const isDated = (state: LinkState, known: Known | undefined) => state.updatedAt !== null || !known?.updatedAt;

/**
 * Keeps where links led before, in the transaction that stores their states. Reads and writes nothing for links that
 * lead where they are known to lead. Late states find their place by their time.
 *
 * @param known the stored links before, by id
 */
export async function storeDestinations(
  tx: Prisma.TransactionClient,
  links: readonly LinkState[],
  known: ReadonlyMap<string, Known>,
): Promise<void> {
  const given = new Map<string, Destination[]>();
  for (const link of links) {
    const stored = known.get(link.id);
    const found = given.get(link.id) ?? (stored ? destinationOf(stored) : []);
    if (isDated(link, stored)) found.push(...destinationOf(link));
    given.set(link.id, found);
  }
  const isOlder = (id: string, { since }: Destination) => since < (known.get(id)?.updatedAt ?? since);
  const unsure = [...given].filter(
    ([id, found]) => found.some((one) => isOlder(id, one)) || new Set(found.map(({ url }) => url)).size > 1,
  );
  if (unsure.length === 0) return;
  const stored = await tx.destination.findMany({ where: { linkId: { in: unsure.map(([id]) => id) } } });
  const rows = unsure.flatMap(([id, found]) => {
    const own = stored.filter(({ linkId }) => linkId === id);
    const isKnown = ({ since, url }: Destination) =>
      own.some((one) => one.since.getTime() === since.getTime() && one.url === url);
    const all = inOrder([...own, ...found.filter((one) => !isKnown(one))]);
    // Of a destination that is said again and again, the first and, if it changed, the last time place any late state.
    const isEdge = ({ url }: Destination, at: number) =>
      all[at - 1]?.url !== url || (at + 1 < all.length && all[at + 1]?.url !== url);
    return all.filter((one, at) => isEdge(one, at) && !own.includes(one));
  });
  if (rows.length === 0) return;
  // In the same order in all transactions, so that there is no deadlock.
  rows.sort((a, b) => (a.linkId === b.linkId ? a.since.getTime() - b.since.getTime() : a.linkId < b.linkId ? -1 : 1));
  await tx.$executeRaw(Prisma.sql`
    insert into destination (${namesSql(COLUMNS)})
    select * from ${rowsSql(COLUMNS, rows)}
    on conflict (link_id, since) do update set url = excluded.url, said_at = excluded.said_at
    where destination.said_at is null or excluded.said_at > destination.said_at`);
}
