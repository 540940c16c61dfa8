import "server-only";
import { z } from "zod";
import { isToken } from "@/lib/account/token";
import { db } from "@/lib/base/db";
import { withTimeout } from "@/lib/base/with-timeout";

/** A page that needs the database says itself that it is away. */
const LIMIT_MS = 2_000;

const Sites = z.array(z.string());

/** The origins of sites that may embed a share link, by its token: none while the database is away. */
export async function readEmbedders(token: string): Promise<readonly string[]> {
  if (!isToken(token)) return [];
  const read = async () => {
    const share = await db().share.findUnique({ where: { token }, select: { embedOn: true } });
    return share ? Sites.parse(share.embedOn) : [];
  };
  return withTimeout(read(), LIMIT_MS, "the database takes too long").catch(() => []);
}
