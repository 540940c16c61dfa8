import "server-only";
import { randomUUID } from "node:crypto";
import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { Credentials, inOrder } from "@/lib/account/owner";
import { type Viewer, viewerOf } from "@/lib/account/viewer";
import { db } from "@/lib/base/db";
import { env } from "@/lib/base/env";

/**
 * The person whom a proxy has signed in; null when they have no account and get none. With SIGN_IN_ROLE people get an
 * account when they first come, without a password.
 */
export async function proxyViewer(name: string, headers: Headers): Promise<Viewer | null> {
  const { data: email } = Credentials.shape.email.safeParse(name);
  if (email === undefined) return null;
  const find = () => db().user.findUnique({ where: { email }, select: { id: true } });
  const known = (await find()) ?? (await join(email, headers));
  return known && viewerOf({ userId: known.id });
}

/** Makes an account for somebody who comes for the first time, once. */
async function join(email: string, headers: Headers): Promise<{ id: string } | null> {
  const { SIGN_IN_ROLE } = env();
  if (SIGN_IN_ROLE === undefined) return null;
  const { person, isNew } = await inOrder(async (tx) => {
    const known = await tx.user.findUnique({ where: { email }, select: { id: true } });
    if (known) return { person: known, isNew: false };
    const data = { id: randomUUID(), email, name: email, role: SIGN_IN_ROLE };
    return { person: await tx.user.create({ data, select: { id: true } }), isNew: true };
  });
  if (isNew) await record("account.join", personActor({ userId: person.id }), { detail: { by: "proxy" }, headers });
  return person;
}
