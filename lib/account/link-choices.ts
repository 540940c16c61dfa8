import "server-only";
import { z } from "zod";
import { db } from "@/lib/base/db";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import { listFolders } from "@/lib/click/folders";
import { spellShortLink } from "@/lib/click/links";
import type { LinkLimit } from "./link-limit";

/**
 * The id of a link that is named by its id, or by its short link with or without `https://`.
 *
 * @param field what the message is about
 * @throws AppError without such a link, and when several have that short link: the wrong one must not be deleted or shown
 */
export async function linkIdOf(given: string, field: "link" | "links"): Promise<string> {
  const short = [given, `https://${given}`].flatMap((text) => spellShortLink(text) ?? []);
  const found = await db().link.findMany({
    where: { OR: [{ id: given }, { shortLink: { in: short } }] },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  const [{ id } = { id: null }, ...others] = found.some((link) => link.id === given) ? [{ id: given }] : found;
  if (id === null) throw new AppError("unprocessable_entity", `${field}: ${words.limit.noLink(given)}`);
  if (others.length === 0) return id;
  const ids = found.map((link) => link.id);
  throw new AppError("unprocessable_entity", `${field}: ${words.limit.severalLinks(given, ids)}`);
}

/** A limit with ids for short links. @throws AppError when there is no such link: a misspelt limit would hide everything */
export async function withLinkIds(links: LinkLimit | null): Promise<LinkLimit | null> {
  if (!links) return null;
  const linkId = await Promise.all(links.linkId.map((given) => linkIdOf(given, "links")));
  return { ...links, linkId: [...new Set(linkId)] };
}

const Tag = z.object({ id: z.string(), name: z.string() });
const MOST_CHOICES = 200;

/** What a limit can name, by id, with names. */
export type LinkChoices = Record<"domain" | "tagId" | "folderId", { id: string; name: string }[]>;

/** All domains, tags and folders of links, the largest first; at most 200 of each. */
export async function linkChoices(): Promise<LinkChoices> {
  const [domains, tags, folders] = await Promise.all([
    db().link.groupBy({ by: ["domain"], where: { domain: { not: null } }, orderBy: { _count: { id: "desc" } } }),
    db().$queryRaw`
      select tag->>'id' as id, min(tag->>'name') as name
      from link, jsonb_array_elements(tags) as tag
      where jsonb_typeof(tags) = 'array' and tag->>'id' is not null and tag->>'name' is not null
      group by 1 order by count(*) desc, 1 limit ${MOST_CHOICES}`,
    listFolders(),
  ]);
  return {
    domain: domains
      .flatMap(({ domain }) => (domain === null ? [] : { id: domain, name: domain }))
      .slice(0, MOST_CHOICES),
    tagId: z.array(Tag).parse(tags),
    folderId: folders.map(({ id, name }) => ({ id, name: name ?? id })).slice(0, MOST_CHOICES),
  };
}

/** Names of what is in limits, by id. */
export async function limitNames(
  limited: readonly { links: LinkLimit | null }[],
  choices: LinkChoices,
): Promise<(id: string) => string> {
  const ids = limited.flatMap(({ links }) => links?.linkId ?? []);
  const links = await db().link.findMany({ where: { id: { in: ids } }, select: { id: true, shortLink: true } });
  const names = new Map([
    ...[...choices.tagId, ...choices.folderId].map(({ id, name }) => [id, name] as const),
    ...links.map(({ id, shortLink }) => [id, shortLink?.replace(/^https?:\/\//, "") ?? id] as const),
  ]);
  return (id) => names.get(id) ?? id;
}
