import "server-only";
import { randomUUID } from "node:crypto";
import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { inOrder } from "@/lib/account/owner";
import type { Role } from "@/lib/account/roles";
import { db } from "@/lib/base/db";
import type { Person } from "@/lib/question/question";

/** Somebody whom another system has signed in. `email`: in lower case. `headers`: of the request that they came with. */
type Arrival = { email: string; by: "proxy" | "provider"; headers: Headers | null };

/**
 * The person with an email address. With a role, who comes for the first time gets an account, once, without a password.
 *
 * @returns null when there is no account and none is made
 */
export async function admit({ email, by, headers }: Arrival, role: Role | null | undefined): Promise<Person | null> {
  const where = { email };
  const known = await db().user.findUnique({ where, select: { id: true } });
  if (known) return { userId: known.id };
  if (!role) return null;
  const { id, isNew } = await inOrder(async (tx) => {
    const other = await tx.user.findUnique({ where, select: { id: true } });
    if (other) return { id: other.id, isNew: false };
    const data = { id: randomUUID(), email, name: email, role };
    await tx.user.create({ data });
    return { id: data.id, isNew: true };
  });
  const person = { userId: id };
  if (isNew) await record("account.join", personActor(person), { detail: { by }, headers });
  return person;
}
