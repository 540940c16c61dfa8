import "server-only";
import { z } from "zod";
import { db } from "@/lib/db";
import type { LinkSummary } from "@/lib/query/answers";

/** Tags come from outside: one that is not as documented is left out rather than failing the page. */
const Tags = z.array(z.unknown()).transform((tags) => tags.flatMap((tag) => Tag.safeParse(tag).data ?? []));
const Tag = z.object({ id: z.string(), name: z.string(), color: z.string().nullable().catch(null) });

const SUMMARY = {
  id: true,
  domain: true,
  key: true,
  shortLink: true,
  url: true,
  title: true,
  tags: true,
  folderId: true,
  archived: true,
  createdAt: true,
  deletedAt: true,
} as const;

/** Fewer than a statement may have parameters. */
const CHUNK = 10_000;

/** What `find` gives for ids, by id; it is given as many at a time as it can take. */
async function byId<T extends { id: string }>(ids: readonly string[], find: (some: string[]) => Promise<T[]>) {
  const found = new Map<string, T>();
  for (let start = 0; start < ids.length; start += CHUNK) {
    for (const link of await find(ids.slice(start, start + CHUNK))) found.set(link.id, link);
  }
  return found;
}

const withTags = <T extends { tags: unknown }>(links: T[]) =>
  links.map((link) => ({ ...link, tags: Tags.catch([]).parse(link.tags) }));

/** What is known of these links, by id. Those that are not known are left out. */
export function linkSummaries(ids: readonly string[]): Promise<Map<string, LinkSummary>> {
  return byId(ids, async (some) =>
    withTags(await db().link.findMany({ where: { id: { in: some } }, select: SUMMARY })),
  );
}

/** What links are counted by. */
export type LinkProperties = Pick<LinkSummary, "id" | "domain" | "folderId" | "tags">;

/** Only that, since it is asked of all links at once. Those that are not known are left out. */
export function linkProperties(ids: readonly string[]): Promise<Map<string, LinkProperties>> {
  const select = { id: true, domain: true, folderId: true, tags: true } as const;
  return byId(ids, async (some) => withTags(await db().link.findMany({ where: { id: { in: some } }, select })));
}

/** Most clicks, the greatest gain on the comparison, the short link's alphabet, or the newest first. */
export type LinkSort = "clicks" | "change" | "name" | "created";

/**
 * Ids of the links that have `q` in their title, short link, key or destination, in any case. Sorting by clicks is left
 * to whoever knows them; until then it is the alphabet.
 */
export async function listLinks(q: string, sort: LinkSort): Promise<string[]> {
  // Prisma hands wildcards through to `ilike`.
  const contains = q
    .trim()
    .replaceAll("\0", "\uFFFD")
    .replace(/[\\%_]/g, "\\$&");
  const found = { contains, mode: "insensitive" } as const;
  const byName = [{ shortLink: { sort: "asc", nulls: "last" } }, { id: "asc" }] as const;
  const links = await db().link.findMany({
    where: contains === "" ? {} : { OR: [{ title: found }, { shortLink: found }, { key: found }, { url: found }] },
    select: { id: true },
    orderBy: sort === "created" ? [{ createdAt: { sort: "desc", nulls: "last" } }, ...byName] : [...byName],
  });
  return links.map(({ id }) => id);
}
