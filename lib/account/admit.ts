import "server-only";
import { randomUUID } from "node:crypto";
import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { inOrder } from "@/lib/account/owner";
import { isOpen } from "@/lib/account/people/invitations";
import type { Role } from "@/lib/account/roles";
import { rightsOf } from "@/lib/account/viewer";
import { db } from "@/lib/base/db";
import { Prisma } from "@/lib/generated/prisma/client";
import type { Person } from "@/lib/question/question";

/** Somebody whom another system has signed in. `email`: in lower case. `headers`: of the request that they came with. */
type Arrival = { email: string; by: "proxy" | "provider"; headers: Headers | null };

/**
 * The person with an email address. Who comes for the first time gets an account, once, without a password: with the rights
 * of an invitation to that address, which is used up, else with `role` if there is one. `isStrict`: the role counts more
 * than the invitation's.
 *
 * @returns null when there is no account and none is made
 */
export async function admit(
  { email, by, headers }: Arrival,
  role: Role | null | undefined,
  isStrict = false,
): Promise<Person | null> {
  const where = { email };
  const known = await db().user.findUnique({ where, select: { id: true } });
  if (known) return { userId: known.id };
  const invited = () => db().invitation.findFirst({ where: { email, ...isOpen() }, select: { id: true } });
  // Of a proxy's people without an account each request comes here, and changes of accounts wait for each other.
  if (!role && !(await invited())) return null;
  const arrived = await inOrder(async (tx) => {
    const other = await tx.user.findUnique({ where, select: { id: true } });
    if (other) return { userId: other.id, isNew: false };
    const invitation = await tx.invitation.findFirst({ where: { email, ...isOpen() }, orderBy: { createdAt: "desc" } });
    const invited = invitation && rightsOf(invitation);
    const given = isStrict ? role : (invited?.role ?? role);
    if (!given) return null;
    const links = invited?.links ?? Prisma.DbNull;
    const data = { id: randomUUID(), email, name: email, role: given, mayExport: invited?.mayExport ?? true, links };
    await tx.user.create({ data });
    await tx.invitation.deleteMany({ where: { email } });
    return { userId: data.id, isNew: true };
  });
  if (!arrived) return null;
  const { isNew, ...person } = arrived;
  if (isNew) await record("account.join", personActor(person), { detail: { by }, headers });
  return person;
}
