import "server-only";
import { cleanText } from "@/lib/base/clean";
import { db } from "@/lib/base/db";
import { log } from "@/lib/base/log";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { Action, Actor } from "./actions";

/** Longer text of a request is cut. */
const MAX_TEXT = 500;

type Act = {
  /** Name of what it was done to. */
  target?: string | null;
  detail?: Prisma.InputJsonObject;
  /** Headers of the request that asked for it; null on the host. */
  headers: Headers | null;
};

async function nameOf(actor: Actor): Promise<string> {
  if (actor.kind === "host") return "The host";
  if (actor.kind !== "person") return actor.name;
  const user = await db().user.findUnique({ where: { id: actor.id }, select: { email: true } });
  return user?.email ?? "A deleted account";
}

const cut = (text: string | null | undefined): string | null => (text ? cleanText(text).slice(0, MAX_TEXT) : null);

/** Records what was done. Never throws: it has been done, so a failure is only logged. */
export async function record(action: Action, actor: Actor, { target, detail = {}, headers }: Act): Promise<void> {
  try {
    await db().audit.create({
      data: {
        ...{ action, by: actor.kind, byId: "id" in actor ? actor.id : null },
        byName: cut(await nameOf(actor)) ?? "Unknown",
        ...{ target: cut(target), detail },
        ...{ address: cut(headers?.get("x-forwarded-for")), agent: cut(headers?.get("user-agent")) },
      },
    });
  } catch (error) {
    log.error({ err: error, action }, "audit: not recorded");
  }
}
