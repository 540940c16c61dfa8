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

/** What is known of these links, by id. Those that are not known are left out. */
export async function linkSummaries(ids: readonly string[]): Promise<Map<string, LinkSummary>> {
  const summaries = new Map<string, LinkSummary>();
  for (let start = 0; start < ids.length; start += CHUNK) {
    const links = await db().link.findMany({
      where: { id: { in: ids.slice(start, start + CHUNK) } },
      select: SUMMARY,
    });
    for (const link of links) summaries.set(link.id, { ...link, tags: Tags.catch([]).parse(link.tags) });
  }
  return summaries;
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
