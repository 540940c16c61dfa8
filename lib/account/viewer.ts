import "server-only";
import { z } from "zod";
import { type LinkLimit, limitedScope, storedLimit } from "@/lib/account/link-limit";
import { type Power, powersOf, ROLE_KEYS, type Role } from "@/lib/account/roles";
import { db } from "@/lib/base/db";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { Person, Scope } from "@/lib/question/question";

/** A signed-in person: what they may see, and do besides. */
export type Viewer = Scope & Person & { role: Role; powers: readonly Power[] };

const StoredRole = z.enum(ROLE_KEYS);

type Rights = { role: string; mayExport: boolean; links: unknown };

/** The rights of an account as they are stored. What can't be read opens nothing. @throws ZodError */
export function rightsOf({ role, mayExport, links }: Rights): {
  role: Role;
  mayExport: boolean;
  links: LinkLimit | null;
} {
  const known = StoredRole.parse(role);
  // A limit waits until it can count again: owners and admins could take it away.
  return { role: known, mayExport, links: known === "owner" || known === "admin" ? null : storedLimit(links) };
}

/** A person with their rights of now; null without an account. */
export async function viewerOf({ userId }: Person, tx: Prisma.TransactionClient = db()): Promise<Viewer | null> {
  const select = { role: true, mayExport: true, links: true } as const;
  const row = await tx.user.findUnique({ where: { id: userId }, select });
  if (!row) return null;
  const { role, mayExport, links } = rightsOf(row);
  const isLimited = links !== null;
  return {
    userId,
    role,
    powers: powersOf(role, { mayExport, isLimited }),
    asker: `person ${userId}`,
    ...limitedScope(links),
  };
}

/** @throws AppError forbidden when somebody lacks a power */
export function assertPower({ powers }: Viewer, needs: Power): void {
  if (!powers.includes(needs)) throw new AppError("forbidden", words.people.role);
}

/**
 * The rights of whoever changes people, as they are within the change: they may have been taken away while the request
 * was on its way.
 *
 * @throws AppError forbidden without the power to change people
 */
export async function managerIn(tx: Prisma.TransactionClient, person: Person): Promise<Viewer> {
  const viewer = await viewerOf(person, tx);
  if (!viewer) throw new AppError("forbidden", words.people.role);
  assertPower(viewer, "settings");
  return viewer;
}
