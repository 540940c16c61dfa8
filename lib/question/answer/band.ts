import "server-only";
import { slotOf } from "@/lib/base/time";
import { folderNames } from "@/lib/click/folders";
import type { LinkSummary } from "@/lib/click/links";
import { askPlan } from "@/lib/question/answer/ask";
import { isLinkSeen, resolvePlan } from "@/lib/question/answer/resolve";
import { AgeRow, ExtentRow, rowsByLink, STEP_SLOTS } from "@/lib/question/answer/series";
import { linkSummaries } from "@/lib/question/answer/stored-links";
import type { AgeStep, Band } from "@/lib/question/answer-types";
import { ofLinks } from "@/lib/question/codec/write";
import { alignedSql, linkExtentsSql } from "@/lib/question/lives-sql";
import { planClicks } from "@/lib/question/plan";
import type { Condition, Filters, Question } from "@/lib/question/question";

/** With fewer links than this nothing is usual. */
const FEWEST_LINKS = 5;

/** The newest of more links stand for all. */
const MOST_LINKS = 100;

/** A link by id, and how many of its steps are over. */
type Peer = { id: string; over: number };

/** The clicked links but one of a group whose first step is over; the newest, if they are many. */
async function peersOf(filters: Filters, of: Band["of"], id: string, step: AgeStep): Promise<Peer[]> {
  const group: Condition[] = [
    { field: of.field, op: "is", values: [of.value] },
    { field: "linkId", op: "isNot", values: [id] },
  ];
  const plan = await resolvePlan(planClicks({ ...filters, conditions: [...filters.conditions, ...group] }));
  const { range, now } = filters;
  const end = slotOf(new Date(Math.min(range.to ? range.to.getTime() - 1 : now.getTime(), now.getTime())));
  return (await askPlan(ExtentRow, plan, linkExtentsSql))
    .sort((a, b) => b.first - a.first || (a.link_id < b.link_id ? -1 : 1))
    .map(({ link_id, first }) => ({ id: link_id, over: Math.floor((end - first) / STEP_SLOTS[step]) }))
    .filter(({ over }) => over > 0)
    .slice(0, MOST_LINKS);
}

/** What a link has in common with others, the tags first. */
async function groupsOf({ tags, folderId }: LinkSummary): Promise<Band["of"][]> {
  const groups: Band["of"][] = tags.map(({ id, name }) => ({ field: "tagId", value: id, name }));
  if (folderId === null) return groups;
  const names = await folderNames([folderId]);
  return [...groups, { field: "folderId", value: folderId, name: names.get(folderId) ?? folderId }];
}

const quartile = (sorted: readonly number[], quarters: 1 | 3): number =>
  sorted[Math.ceil((sorted.length * quarters) / 4) - 1] ?? 0;

/**
 * What is usual in the life of links like this one: those with its first tag that at least five other clicked links
 * have, else those of its folder. Null without such links. Ends where fewer than five are old enough.
 */
export async function band(
  question: Question,
  { id, step, steps }: { id: string; step: AgeStep; steps: number },
): Promise<Band | null> {
  const link = (await isLinkSeen(question))(id) ? (await linkSummaries([id])).get(id) : undefined;
  if (!link) return null;
  for (const of of await groupsOf(link)) {
    const peers = await peersOf(question, of, id, step);
    if (peers.length < FEWEST_LINKS) continue;
    const plan = await resolvePlan(
      planClicks(
        ofLinks(
          question,
          peers.map((peer) => peer.id),
        ),
      ),
    );
    const length = STEP_SLOTS[step];
    const clicks = new Map(
      [...rowsByLink(await askPlan(AgeRow, plan, (of) => alignedSql(of, length, steps * length)))].map(
        ([peer, rows]) => [peer, new Map(rows.map((row) => [row.age / length, row.clicks]))],
      ),
    );
    const [low, high]: [number[], number[]] = [[], []];
    for (let at = 0; at < steps; at += 1) {
      const old = peers.filter(({ over }) => over > at);
      if (old.length < FEWEST_LINKS) break;
      const sorted = old.map((peer) => clicks.get(peer.id)?.get(at) ?? 0).sort((a, b) => a - b);
      low.push(quartile(sorted, 1));
      high.push(quartile(sorted, 3));
    }
    return { of, links: peers.length, low, high };
  }
  return null;
}
