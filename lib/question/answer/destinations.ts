import "server-only";
import { db } from "@/lib/base/db";
import { lastKnown } from "@/lib/base/last-known";
import { inOrder } from "@/lib/click/destinations";
import type { Destination } from "@/lib/generated/prisma/client";
import { isLinkSeen } from "@/lib/question/answer/resolve";
import type { LinkDestination } from "@/lib/question/answer-types";
import type { Question } from "@/lib/question/question";

const lastDestinations = lastKnown<Destination[]>("destinations");

/** Where a link has led, oldest first; none unless it has led to several places. */
export async function destinations(question: Question, { id }: { id: string }): Promise<LinkDestination[]> {
  if (!(await isLinkSeen(question))(id)) return [];
  const found = inOrder(await lastDestinations(id, () => db().destination.findMany({ where: { linkId: id } })));
  const changed = found.filter(({ url }, at) => url !== found[at - 1]?.url);
  return changed.length > 1 ? changed.map(({ url, since }) => ({ url, since })) : [];
}
