import { z } from "zod";
import type { LinkSummary } from "@/lib/click/links";
import type { Click, Link } from "@/lib/generated/prisma/client";

/** Everything that there is to ask about. */
export type World = { clicks: readonly Click[]; links: ReadonlyMap<string, NaiveLink> };

export type NaiveLink = Omit<Link, "tags"> & { tags: LinkSummary["tags"] };

const Tags = z.array(z.object({ id: z.string(), name: z.string(), color: z.string().nullable() }));

export function createWorld(clicks: readonly Click[], links: readonly Link[]): World {
  return { clicks, links: new Map(links.map((link) => [link.id, { ...link, tags: Tags.parse(link.tags) }])) };
}

/** A link of which nothing is known has no values and no marks. */
export type Known = Pick<NaiveLink, "domain" | "key" | "title" | "folderId" | "tags" | "archived" | "payload">;

const UNKNOWN: Known = { domain: null, key: null, title: null, folderId: null, tags: [], archived: false, payload: {} };

/** What was sent of a link under a name, if it was a text with something in it. */
export function sentOf({ payload }: Pick<Known, "payload">, name: string): string | null {
  const value = typeof payload === "object" && payload && !Array.isArray(payload) ? payload[name] : null;
  return typeof value === "string" && value !== "" ? value : null;
}

export const linkOf = ({ links }: Pick<World, "links">, id: string): Known => links.get(id) ?? UNKNOWN;

export const summaryOf = (link: NaiveLink): LinkSummary => ({
  id: link.id,
  domain: link.domain,
  key: link.key,
  shortLink: link.shortLink,
  url: link.url,
  title: link.title,
  tags: link.tags,
  folderId: link.folderId,
  archived: link.archived,
  createdAt: link.createdAt,
  deletedAt: link.deletedAt,
});
