import "server-only";
import { db } from "@/lib/base/db";
import { folderNames } from "@/lib/click/folders";
import type { LinkSummary } from "@/lib/click/links";
import { countBy } from "@/lib/question/answer/breakdown";
import { isLinkSeen, linkTest } from "@/lib/question/answer/resolve";
import { linkObjects, linkSummaries, linksOfTags, listLinks, tagNames } from "@/lib/question/answer/stored-links";
import type { FoundLink, LinkPage } from "@/lib/question/answer-types";
import { ALL_ROWS, type Filters, type LinksPart, type Question } from "@/lib/question/question";

type Ids = { ids: readonly string[] };

/** Whether a link's name may be seen, by id: within a lock if it has a click there. */
async function isLinkNamed(question: Question): Promise<(id: string) => boolean> {
  if (!question.scope.lock) return isLinkSeen(question);
  const { rows } = await countBy({ ...question, comparison: null }, "linkId", ALL_ROWS);
  const clicked = new Set(rows.map(({ value }) => value));
  return (id) => clicked.has(id);
}

const isUnlimited = ({ scope }: Question): boolean => scope.links === null && !scope.lock;

/** Metadata of links by id, to show names instead of ids. */
export async function labels(question: Question, { ids }: Ids): Promise<Map<string, LinkSummary>> {
  return ids.length === 0 ? new Map() : linkSummaries(ids.filter(await isLinkNamed(question)));
}

const FOUND_LINKS = 8;

/** The newest links with `search` in their title, short link, key or destination. */
export async function linkSearch(question: Question, { search }: { search: string }): Promise<FoundLink[]> {
  const [found, isSeen] = await Promise.all([listLinks(search, "created"), isLinkSeen(question)]);
  const ids = found.filter(isSeen).slice(0, FOUND_LINKS);
  const links = await linkSummaries(ids);
  return ids.flatMap((id) => links.get(id) ?? []).map(({ id, shortLink, title }) => ({ id, shortLink, title }));
}

/** Names of these tags by id, from the links that have them. */
export async function namesOfTags(question: Question, { ids }: Ids): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  if (isUnlimited(question)) return tagNames(ids);
  const [tagged, isSeen] = await Promise.all([linksOfTags(ids), isLinkNamed(question)]);
  return tagNames([...new Set(tagged.filter(({ link }) => isSeen(link)).map(({ tag }) => tag))]);
}

/** Names of these folders by id, as far as a link in them may be seen. */
export async function namesOfFolders(question: Question, { ids }: Ids): Promise<Map<string, string>> {
  if (ids.length === 0 || isUnlimited(question)) return folderNames(ids);
  const [found, isSeen] = await Promise.all([
    db().link.findMany({ where: { folderId: { in: [...ids] } }, select: { id: true, folderId: true } }),
    isLinkNamed(question),
  ]);
  const seen = found.filter(({ id }) => isSeen(id)).flatMap(({ folderId }) => folderId ?? []);
  return folderNames([...new Set(seen)]);
}

/** The newest payloads of links by id, without passwords. Unknown links are left out. */
export async function linkPayloads(question: Question, { ids }: Ids): Promise<Map<string, unknown>> {
  if (ids.length === 0) return new Map();
  const isSeen = await isLinkSeen(question);
  return linkObjects(ids.filter(isSeen));
}

/** Links with their clicks in the range. Conditions on links choose the links, all conditions the clicks. */
export async function linkPage(filters: Filters, { q, sort, page, pageSize }: LinksPart): Promise<LinkPage> {
  const [groups, ids, isListed] = await Promise.all([
    countBy(filters, "linkId", ALL_ROWS),
    listLinks(q, sort),
    linkTest(filters),
  ]);
  const counted = new Map(groups.rows.map((row) => [row.value, row]));
  const listed = ids.filter(isListed);
  const clicks = (id: string) => counted.get(id)?.clicks ?? 0;
  const change = (id: string) => clicks(id) - (counted.get(id)?.previous ?? 0);
  if (sort === "clicks") listed.sort((a, b) => clicks(b) - clicks(a));
  if (sort === "change") listed.sort((a, b) => change(b) - change(a));
  if (sort === "loss") listed.sort((a, b) => change(a) - change(b));
  const start = (page - 1) * pageSize;
  const shown = listed.slice(start, start + pageSize);
  const links = await linkSummaries(shown);
  const rows = shown
    .flatMap((id) => links.get(id) ?? [])
    .map((link) => ({
      link,
      clicks: clicks(link.id),
      ...(filters.comparison && { previous: counted.get(link.id)?.previous ?? 0 }),
    }));
  return { rows, total: listed.length };
}
