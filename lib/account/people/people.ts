import "server-only";
import { z } from "zod";
import { isManaged } from "@/lib/account/account";
import { LinkLimit } from "@/lib/account/link-limit";
import { inOrder } from "@/lib/account/owner";
import { ROLE_KEYS, type Role } from "@/lib/account/roles";
import { managerIn, rightsOf, type Viewer } from "@/lib/account/viewer";
import { db } from "@/lib/base/db";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import { Prisma } from "@/lib/generated/prisma/client";
import type { Person } from "@/lib/question/question";

/** Limit of a body: some lists of ids. */
export const MAX_PERSON_BYTES = 65_536;

/** What a person may do and see. Owners and admins can't be limited: they could take the limit away. */
export const Rights = z
  .strictObject({
    role: z.enum(ROLE_KEYS, words.oneOfMany(ROLE_KEYS)),
    mayExport: z.boolean(words.flag).default(true),
    links: LinkLimit.nullable().default(null),
  })
  .refine(({ role, links }) => links === null || (role !== "owner" && role !== "admin"), {
    message: words.people.ownerLimit,
    path: ["links"],
  });
export type Rights = z.output<typeof Rights>;

/** A person as Settings shows them. */
export type ShownPerson = Rights & {
  id: string;
  email: string;
  createdAt: Date;
  /** When their newest session began; null without one. */
  seenAt: Date | null;
  sessions: number;
  hasTwoFactor: boolean;
  /** Somebody without one comes by a proxy or a sign-in provider. */
  hasPassword: boolean;
  isSelf: boolean;
  /** Whether the environment sets the account. */
  isManaged: boolean;
};

/** Everybody with an account: by role, then by email address. */
export async function listPeople({ userId }: Viewer): Promise<ShownPerson[]> {
  const rows = await db().user.findMany({
    select: {
      ...{ id: true, email: true, createdAt: true, role: true, mayExport: true, links: true, twoFactorEnabled: true },
      accounts: { where: { password: { not: null } }, select: { id: true } },
      sessions: { where: { expiresAt: { gt: new Date() } }, select: { createdAt: true } },
    },
  });
  const people = rows.map(({ id, email, createdAt, sessions, accounts, twoFactorEnabled, ...rights }): ShownPerson => {
    const times = sessions.map((session) => session.createdAt.getTime());
    return {
      ...{ id, email, createdAt, ...rightsOf(rights) },
      ...{
        seenAt: times.length > 0 ? new Date(Math.max(...times)) : null,
        sessions: sessions.length,
        hasTwoFactor: twoFactorEnabled,
        hasPassword: accounts.length > 0,
      },
      ...{ isSelf: id === userId, isManaged: isManaged(email) },
    };
  });
  return people.sort((a, b) => ROLE_KEYS.indexOf(a.role) - ROLE_KEYS.indexOf(b.role) || (a.email < b.email ? -1 : 1));
}

type Target = { id: string; email: string; role: Role };

/** A person who is to be changed. @throws AppError not_found, or forbidden when only an owner may change an owner */
export async function targetOf(
  { role }: Pick<Viewer, "role">,
  id: string,
  tx: Prisma.TransactionClient = db(),
): Promise<Target> {
  const row = await tx.user.findUnique({ where: { id }, select: { id: true, email: true, role: true } });
  if (!row) throw new AppError("not_found", words.people.gone);
  if (row.role === "owner" && role !== "owner") throw new AppError("forbidden", words.people.owners);
  return { ...row, role: ROLE_KEYS.find((known) => known === row.role) ?? "viewer" };
}

/** @throws AppError when nobody else is an owner */
async function assertNotLast(tx: Prisma.TransactionClient, { id, role }: Target): Promise<void> {
  if (role !== "owner") return;
  const others = await tx.user.count({ where: { role: "owner", id: { not: id } } });
  if (others === 0) throw new AppError("unprocessable_entity", words.people.last);
}

/**
 * Links that were made while somebody had more rights must not give them back: password links of the person, those that
 * they made for others if they managed people, and invitations that they may not make any more. `role`: the new one.
 */
async function dropLinks(tx: Prisma.TransactionClient, { id, role: before }: Target, role: Role | null): Promise<void> {
  const managed = (one: Role | null) => one === "owner" || one === "admin";
  // Who made a password link isn't kept; there are few.
  await tx.verification.deleteMany({ where: managed(before) && before !== role ? {} : { value: id } });
  if (!managed(role)) await tx.invitation.deleteMany({ where: { createdBy: id } });
  else if (role !== "owner") await tx.invitation.deleteMany({ where: { createdBy: id, role: "owner" } });
}

/** Changes a person's rights, which holds from their next request on. @throws AppError when that isn't allowed */
export async function changeRights(by: Person, id: string, rights: Rights): Promise<{ email: string }> {
  return inOrder(async (tx) => {
    const viewer = await managerIn(tx, by);
    if (rights.role === "owner" && viewer.role !== "owner") throw new AppError("forbidden", words.people.owners);
    const target = await targetOf(viewer, id, tx);
    if (rights.role !== "owner") {
      await assertNotLast(tx, target);
      if (isManaged(target.email)) throw new AppError("unprocessable_entity", words.people.managed);
    }
    await tx.user.update({ where: { id }, data: { ...rights, links: rights.links ?? Prisma.DbNull } });
    await dropLinks(tx, target, rights.role);
    return { email: target.email };
  });
}

/**
 * Gives a person the role that another system names, unless they are an owner.
 *
 * @returns whether they had another one
 */
export async function assignRole({ userId: id }: Person, role: Role): Promise<boolean> {
  return inOrder(async (tx) => {
    const target = await targetOf({ role: "owner" }, id, tx);
    if (target.role === "owner" || target.role === role) return false;
    await tx.user.update({ where: { id }, data: { role } });
    await dropLinks(tx, target, role);
    return true;
  });
}

/** Removes a person with their sessions, views and invitations. Their notes and API keys stay. */
export async function removePerson(by: Person, id: string): Promise<{ email: string }> {
  if (id === by.userId) throw new AppError("unprocessable_entity", words.people.self);
  return inOrder(async (tx) => {
    const viewer = await managerIn(tx, by);
    const target = await targetOf(viewer, id, tx);
    await assertNotLast(tx, target);
    if (isManaged(target.email)) throw new AppError("unprocessable_entity", words.people.managed);
    await dropLinks(tx, target, null);
    await tx.user.delete({ where: { id } });
    return { email: target.email };
  });
}
