import "server-only";
import { db } from "@/lib/db";
import type { ListedClick } from "@/lib/query/answers";
import { linkSummaries } from "@/lib/query/links";

/** What Postgres knows of these clicks, in their order. The mirror only knows what is asked about. */
export async function listedClicks(ids: string[]): Promise<ListedClick[]> {
  const clicks = await db().click.findMany({
    where: { seq: { in: ids.map(BigInt) } },
    omit: {
      slot: true,
      ip: true,
      ua: true,
      visitor: true,
      visitorEstimated: true,
      eventId: true,
      secretId: true,
      urlRaw: true,
      refererUrlRaw: true,
    },
  });
  const links = await linkSummaries([...new Set(clicks.map(({ linkId }) => linkId))]);
  const bySeq = new Map(clicks.map((click) => [click.seq.toString(), click]));
  return ids.flatMap((seq) => {
    const click = bySeq.get(seq);
    return click ? { ...click, seq, link: links.get(click.linkId) ?? null } : [];
  });
}
