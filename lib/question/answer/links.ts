import "server-only";
import type { Viewer } from "@/lib/access/viewer";
import { countBy } from "@/lib/question/answer/breakdown";
import { resolve } from "@/lib/question/answer/resolve";
import { type LinkSort, linkSummaries, listLinks, tagNames } from "@/lib/question/answer/stored-links";
import type { LinkPage, LinkSummary } from "@/lib/question/answers";
import { ALL_ROWS, planClicks } from "@/lib/question/plan";
import type { Filters } from "@/lib/question/question";

/** What is known of one link, or null. */
export async function answerLink(_viewer: Viewer, id: string): Promise<LinkSummary | null> {
  return (await linkSummaries([id])).get(id) ?? null;
}

/** What is known of these links, for showing their ids as names; unknown ones are left out. */
export function answerLabels(_viewer: Viewer, ids: string[]): Promise<Map<string, LinkSummary>> {
  return linkSummaries(ids);
}

/** As many as fit below a search box. */
const FOUND_LINKS = 8;

/** A link that somebody looks for, by what it is called. */
export type FoundLink = Pick<LinkSummary, "id" | "shortLink" | "title">;

/** The newest links with `search` in their title, short link, key or destination. */
export async function answerLinkSearch(_viewer: Viewer, search: string): Promise<FoundLink[]> {
  const ids = (await listLinks(search, "created")).slice(0, FOUND_LINKS);
  const links = await linkSummaries(ids);
  return ids.flatMap((id) => links.get(id) ?? []).map(({ id, shortLink, title }) => ({ id, shortLink, title }));
}

/** Names of these tags by id, from the links that have them. */
export function answerTagNames(_viewer: Viewer, ids: string[]): Promise<Map<string, string>> {
  return tagNames(ids);
}

/** A part of the list of links. */
export type LinkQuestion = {
  q: string;
  sort: LinkSort;
  /** From 1. */
  page: number;
  pageSize: number;
};

/** Links with their clicks in the range. Conditions on links choose the links, all conditions the clicks. */
export async function answerLinks(_viewer: Viewer, filters: Filters, question: LinkQuestion): Promise<LinkPage> {
  if (filters.problems.length > 0) return { rows: [], total: 0 };
  const [groups, ids, isListed] = await Promise.all([
    countBy(filters, "linkId", ALL_ROWS),
    listLinks(question.q, question.sort),
    linkTest(filters),
  ]);
  const counted = new Map(groups.rows.map((row) => [row.value, row]));
  const listed = ids.filter(isListed);
  const clicks = (id: string) => counted.get(id)?.clicks ?? 0;
  const change = (id: string) => clicks(id) - (counted.get(id)?.previous ?? 0);
  if (question.sort === "clicks") listed.sort((a, b) => clicks(b) - clicks(a));
  if (question.sort === "change") listed.sort((a, b) => change(b) - change(a));
  const start = (question.page - 1) * question.pageSize;
  const shown = listed.slice(start, start + question.pageSize);
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

/** Tells whether a link is one that the conditions on links allow. A group that is also about clicks allows every link. */
async function linkTest(filters: Filters): Promise<(id: string) => boolean> {
  const { terms } = await resolve(planClicks(filters));
  const groups = terms.map((group) =>
    group.map((term) => {
      if (term.kind === "ids") return { negated: term.negated, ids: new Set(term.ids) };
      if (term.kind !== "click") return null;
      const [test, ...more] = term.anyOf;
      const isIds = test && more.length === 0 && test.key === "linkId" && "in" in test;
      return isIds ? { negated: term.negated, ids: new Set(test.in) } : null;
    }),
  );
  return (id) => groups.every((group) => group.some((test) => test === null || test.ids.has(id) !== test.negated));
}
