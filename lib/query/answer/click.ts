import "server-only";
import { z } from "zod";
import type { Viewer } from "@/lib/access/viewer";
import { db } from "@/lib/db";
import type { ClickDetail, VisitorClicks } from "@/lib/query/answers";
import { listedClicks } from "@/lib/query/clicks";
import { ask } from "@/lib/query/engine";
import { linkSummaries } from "@/lib/query/links";
import { type ClickName, visitorClicksSql } from "@/lib/query/sql";

/** More digits than any number that Postgres gave a click are none. */
const SEQ = /^\d{1,18}$/;

/** Everything that is kept of one click, or null when there is none of this number. */
export async function answerClick(_viewer: Viewer, seq: string): Promise<ClickDetail | null> {
  if (!SEQ.test(seq)) return null;
  const click = await db().click.findFirst({ where: { seq: BigInt(seq) }, omit: { slot: true } });
  if (!click) return null;
  const links = await linkSummaries([click.linkId]);
  return { ...click, seq: click.seq.toString(), link: links.get(click.linkId) ?? null };
}

const LIMIT = 20;
const Row = z.object({ id: z.string(), total: z.int() });

/**
 * The other clicks of a click's visitor, whenever they were, bots included: on the same link, and on all others. None
 * when the visitor is not known. Asked apart from the click, since it has to look at every click there is.
 */
export async function answerVisitorClicks(
  _viewer: Viewer,
  click: ClickName,
): Promise<{ onLink: VisitorClicks; elsewhere: VisitorClicks }> {
  const [onLink, elsewhere] = await Promise.all([othersOf(click, "link"), othersOf(click, "others")]);
  return { onLink, elsewhere };
}

async function othersOf(click: ClickName, on: "link" | "others"): Promise<VisitorClicks> {
  const found = await ask(Row, visitorClicksSql(click, on, LIMIT));
  return { rows: await listedClicks(found.map(({ id }) => id)), total: found[0]?.total ?? 0 };
}
