import "server-only";
import { CLICK_FIELDS, type UnlistedKey } from "@/lib/click/fields";
import { db } from "@/lib/db";
import type { ListedClick } from "@/lib/query/answers";
import { linkSummaries } from "@/lib/query/links";

const UNLISTED = Object.fromEntries(
  CLICK_FIELDS.flatMap(({ key, isListed }) => (isListed ? [] : [[key, true]])),
) as Record<UnlistedKey, true>;

/** What Postgres knows of these clicks, in their order. The mirror only knows what is asked about. */
export async function listedClicks(ids: string[]): Promise<ListedClick[]> {
  const clicks = await db().click.findMany({
    where: { seq: { in: ids.map(BigInt) } },
    omit: UNLISTED,
  });
  const links = await linkSummaries([...new Set(clicks.map(({ linkId }) => linkId))]);
  const bySeq = new Map(clicks.map((click) => [click.seq.toString(), click]));
  return ids.flatMap((seq) => {
    const click = bySeq.get(seq);
    return click ? { ...click, seq, link: links.get(click.linkId) ?? null } : [];
  });
}
