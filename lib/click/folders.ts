import "server-only";
import { z } from "zod";
import { tidyText } from "@/lib/base/clean";
import { db } from "@/lib/base/db";
import { lastKnown } from "@/lib/base/last-known";

const MAX_NAME = 80;
const MAX_ID = 255;
/** Longest name in JSON, and a little more. */
export const MAX_FOLDER_BYTES = 4_096;

/** A folder's name; empty: show its id again. */
export const NamedFolder = z.object({
  id: z.string().min(1).max(MAX_ID),
  name: z
    .string()
    .transform(tidyText)
    .pipe(z.string().max(MAX_NAME, `Use at most ${MAX_NAME} characters.`)),
});

const lastFolders = lastKnown<{ id: string; name: string }[]>("folders", []);

/** Names of folders by id, as far as they were given. */
export async function folderNames(ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await lastFolders([...ids].sort(), () => db().folder.findMany({ where: { id: { in: [...ids] } } }));
  return new Map(found.map(({ id, name }) => [id, name]));
}

export type Folder = { id: string; name: string | null; links: number };

/** All folders with links, the largest first. */
export async function listFolders(): Promise<Folder[]> {
  const groups = await db().link.groupBy({
    by: ["folderId"],
    where: { folderId: { not: null } },
    _count: true,
    orderBy: [{ _count: { folderId: "desc" } }, { folderId: "asc" }],
  });
  const names = await folderNames(groups.flatMap(({ folderId }) => folderId ?? []));
  return groups.flatMap(({ folderId, _count }) =>
    folderId === null ? [] : { id: folderId, name: names.get(folderId) ?? null, links: _count },
  );
}

export async function nameFolder({ id, name }: z.infer<typeof NamedFolder>): Promise<void> {
  if (name === "") await db().folder.deleteMany({ where: { id } });
  else await db().folder.upsert({ where: { id }, create: { id, name }, update: { name } });
}
