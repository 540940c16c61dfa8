import "server-only";
import { sessionOf } from "@/lib/account/session-cookie";
import { readAddress } from "@/lib/base/addresses";
import { db } from "@/lib/base/db";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import { percentDecoded } from "@/lib/base/urls";
import type { Person } from "@/lib/question/question";

/** A session as its person sees it. */
export type ShownSession = {
  id: string;
  createdAt: Date;
  expiresAt: Date;
  address: string | null;
  agent: string | null;
  /** Whether it is the reader's own. */
  isCurrent: boolean;
};

/** An address in its shortest notation. Of an IPv6 address the library keeps the network. */
function shortAddress(text: string): string {
  const address = readAddress(text) ?? text;
  return address.includes(":") ? `${address}/64` : address;
}

/** A person's sessions, the newest first. */
export async function listSessions({ userId }: Person, headers: Headers): Promise<ShownSession[]> {
  const cookie = percentDecoded(sessionOf(headers, env().SECRET_KEY ?? "") ?? "") ?? "";
  const current = cookie.slice(0, cookie.lastIndexOf("."));
  const rows = await db().session.findMany({
    where: { userId, expiresAt: { gt: new Date() } },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  return rows.map(({ id, createdAt, expiresAt, ipAddress, userAgent, token }) => ({
    ...{ id, createdAt, expiresAt, address: ipAddress ? shortAddress(ipAddress) : null, agent: userAgent || null },
    isCurrent: token === current,
  }));
}

/** Ends one of a person's sessions, for all servers at once. @throws AppError not_found */
export async function endOneSession({ userId }: Person, id: string): Promise<void> {
  const { count } = await db().session.deleteMany({ where: { id, userId } });
  if (count === 0) throw new AppError("not_found", words.people.noSession);
}

/** Ends all sessions of a person. @returns how many there were */
export async function endAllSessions({ userId }: Person): Promise<number> {
  return (await db().session.deleteMany({ where: { userId } })).count;
}
