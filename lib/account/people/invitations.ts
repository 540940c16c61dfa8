import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Credentials, inOrder, saveAccount } from "@/lib/account/owner";
import { newToken, tokenHash } from "@/lib/account/token";
import { managerIn, rightsOf } from "@/lib/account/viewer";
import { db } from "@/lib/base/db";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import { DAY } from "@/lib/base/time";
import { Prisma } from "@/lib/generated/prisma/client";
import type { Person } from "@/lib/question/question";
import { Rights } from "./people";

const VALID_MS = 7 * DAY;

/** `email`: suggested to whoever opens the link. */
export const NewInvitation = z.strictObject({
  rights: Rights,
  email: Credentials.shape.email.nullable().default(null),
});
export type NewInvitation = z.output<typeof NewInvitation>;

export type ShownInvitation = Rights & { id: string; email: string | null; by: string | null; expiresAt: Date };

/** Makes an invitation for one account, valid for a week. @returns `token`, which is stored as a hash only */
export async function invite(by: Person, { rights, email }: NewInvitation): Promise<{ id: string; token: string }> {
  const [id, token] = [randomUUID(), newToken()];
  return inOrder(async (tx) => {
    const viewer = await managerIn(tx, by);
    if (rights.role === "owner" && viewer.role !== "owner") throw new AppError("forbidden", words.people.owners);
    if (email !== null && (await tx.user.findUnique({ where: { email }, select: { id: true } })))
      throw new AppError("unprocessable_entity", `email: ${words.people.taken}`);
    await tx.invitation.deleteMany({ where: { expiresAt: { lte: new Date() } } });
    await tx.invitation.create({
      data: {
        ...{ id, email, hash: tokenHash(token), createdBy: viewer.userId, expiresAt: new Date(Date.now() + VALID_MS) },
        ...{ ...rights, links: rights.links ?? Prisma.DbNull },
      },
    });
    return { id, token };
  });
}

/** Which invitations can be used. */
export const isOpen = () => ({ expiresAt: { gt: new Date() } });

/** Invitations that can be used, the newest first. */
export async function listInvitations(): Promise<ShownInvitation[]> {
  const rows = await db().invitation.findMany({
    where: isOpen(),
    include: { creator: { select: { email: true } } },
    orderBy: { createdAt: "desc" },
  });
  return rows.map(({ id, email, expiresAt, creator, ...rights }) => {
    const { role, mayExport, links } = rightsOf(rights);
    return { id, email, expiresAt, by: creator?.email ?? null, role, mayExport, links };
  });
}

/** Takes an invitation back. @throws AppError not_found, or forbidden for one that only an owner can make */
export async function uninvite(by: Person, id: string): Promise<{ email: string | null }> {
  return inOrder(async (tx) => {
    const viewer = await managerIn(tx, by);
    const row = await tx.invitation.findUnique({ where: { id, ...isOpen() } });
    if (!row) throw new AppError("not_found", words.people.noInvitation);
    if (row.role === "owner" && viewer.role !== "owner") throw new AppError("forbidden", words.people.owners);
    await tx.invitation.delete({ where: { id } });
    return { email: row.email };
  });
}

/** The address that an invitation suggests, if its token can be used. */
export async function invitedAs(token: string): Promise<{ email: string | null } | null> {
  return db().invitation.findUnique({ where: { hash: tokenHash(token), ...isOpen() }, select: { email: true } });
}

/**
 * Makes an account with an invitation, which is used up.
 *
 * @returns the account's person; or why there is none: the token isn't valid, or the address has an account
 */
export async function join(token: string, credentials: Credentials): Promise<Person | "invalid" | "taken"> {
  return inOrder(async (tx) => {
    const invitation = await tx.invitation.findUnique({ where: { hash: tokenHash(token), ...isOpen() } });
    if (!invitation) return "invalid";
    if (await tx.user.findUnique({ where: { email: credentials.email }, select: { id: true } })) return "taken";
    const { role, mayExport, links } = rightsOf(invitation);
    const userId = randomUUID();
    await tx.invitation.delete({ where: { id: invitation.id } });
    await saveAccount(tx, userId, randomUUID(), credentials, { role, mayExport, links: links ?? Prisma.DbNull });
    return { userId };
  });
}
