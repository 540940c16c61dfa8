import "server-only";
import { db } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { LinkMatch } from "@/lib/query/plan";
import type { LinkIds } from "@/lib/query/sql";

/** Key that the sender gives to the link of a bare domain. */
const ROOT_KEY = "_root";

/**
 * Finds the links that conditions on links are about. "Is not" is left to the reader, by not having one of the ids, so
 * that it keeps what is unknown.
 */
export function resolveLinks(matches: readonly LinkMatch[]): Promise<LinkIds[]> {
  return Promise.all(
    matches.map(async (match) => {
      const links = await db().link.findMany({ where: whereOf(match), select: { id: true } });
      const isRootFalse = match.field === "root" && match.values.includes("false");
      return { op: isRootFalse ? "isNot" : match.op, ids: links.map(({ id }) => id) };
    }),
  );
}

function whereOf({ field, values }: LinkMatch): Prisma.LinkWhereInput {
  if (field === "root") return { key: ROOT_KEY };
  if (field === "tagId") return { OR: values.map((id) => ({ tags: { array_contains: [{ id }] } })) };
  return { [field]: { in: values } };
}
