import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { admit } from "@/lib/account/admit";
import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { assignRole } from "@/lib/account/people/people";
import { endAllSessions } from "@/lib/account/people/sessions";
import { ROLE_KEYS, type Role } from "@/lib/account/roles";
import { rightsOf, type Viewer } from "@/lib/account/viewer";
import { db } from "@/lib/base/db";
import { env } from "@/lib/base/env";
import type { Person } from "@/lib/question/question";
import { Identity, roleIn } from "./claims";

/** The library's id of the provider, also in the URL to which it sends people back. */
export const PROVIDER = "oidc";

/** Why somebody whom the provider knows isn't let in. */
export const REASONS = ["account", "connect", "email", "identity", "other", "role"] as const;

export class Refusal extends Error {
  constructor(
    readonly reason: (typeof REASONS)[number],
    readonly email: string,
  ) {
    super(`not let in: ${reason}`);
  }
}

/** The way of somebody to the provider or back: the library calls `letIn` without the request. `viewer`: who is signed in. */
export type Way = { caller: Headers; viewer: Viewer | null; isOver: boolean };
export const ways = new AsyncLocalStorage<Way>();

/** @throws Error when the browser has been told already that it took too long */
export function wayOfNow(): Way {
  const way = ways.getStore();
  if (!way || way.isOver) throw new Error("the sign-in is over");
  return way;
}

/** A name that no other provider has: people of two providers can have the same `sub`. */
export const accountIdOf = (issuer: string, subject: string) => `${issuer} ${subject}`;

/** Who has signed in before with this identity, whatever their email address is by now. */
async function linkedPerson(accountId: string): Promise<Person | null> {
  const where = { providerId: PROVIDER, accountId };
  return db().account.findFirst({ where, select: { userId: true } });
}

/**
 * The account with an address that the provider has verified. Nobody has verified the address of an account with a
 * password: whoever took it would share the account with its rightful owner. So that is connected by who is signed in to
 * it, and by nobody else.
 *
 * @throws Refusal
 */
async function joinedPerson(email: string, { viewer }: Way): Promise<Person | null> {
  const accounts = { select: { password: true } };
  const known = await db().user.findUnique({ where: { email }, select: { id: true, accounts } });
  if (!known) return null;
  if (known.accounts.length > 0 && viewer?.userId !== known.id) {
    const hasPassword = known.accounts.some(({ password }) => password !== null);
    throw new Refusal(hasPassword ? "connect" : "identity", email);
  }
  return { userId: known.id };
}

/**
 * Lets somebody in whom the provider has signed in: whoever came with this identity before, else the account with the
 * email address, else a new one if new people have a role. Who is signed in already connects their own account.
 *
 * @throws Refusal
 */
export async function letIn(
  claims: Record<string, unknown>,
  issuer: string,
): Promise<{ email: string; emailVerified: false }> {
  const way = wayOfNow();
  const { data } = Identity.safeParse(claims);
  if (!data) throw new Error("the provider names no subject or no email address: does OIDC_SCOPES ask for it?");
  const { sub, email, email_verified: isVerified } = data;
  const { OIDC_ROLE_CLAIM, OIDC_ROLE, OIDC_TRUST_EMAIL } = env();
  const linked = await linkedPerson(accountIdOf(issuer, sub));
  if (!linked && !isVerified && !OIDC_TRUST_EMAIL) throw new Refusal("email", email);
  const known = linked ?? (await joinedPerson(email, way));
  if (way.viewer && known?.userId !== way.viewer.userId) throw new Refusal("other", email);
  const named = OIDC_ROLE_CLAIM ? roleIn(claims, OIDC_ROLE_CLAIM) : null;
  if (known && OIDC_ROLE_CLAIM)
    await followRole(known, named, way).catch(async (error: unknown) => {
      // Who only tries to connect the provider keeps what their password opens.
      if (linked && error instanceof Refusal) await endAllSessions(linked);
      throw error;
    });
  const arrival = { email, by: "provider", headers: way.caller } as const;
  const person = known ?? (await admit(arrival, named ?? OIDC_ROLE, OIDC_ROLE_CLAIM !== undefined));
  if (!person) throw new Refusal(OIDC_ROLE_CLAIM ? "role" : "account", email);
  // It may be another address than the provider's.
  return { email: await addressOf(person), emailVerified: false };
}

async function addressOf({ userId }: Person): Promise<string> {
  return (await db().user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } })).email;
}

/** The less powerful one. */
const lesser = (a: Role, b: Role): Role => (ROLE_KEYS.indexOf(a) > ROLE_KEYS.indexOf(b) ? a : b);

/**
 * With a role claim, the provider decides what people may do, each time. Whom it gives no role has at most the role of new
 * people, and nothing where those have none.
 *
 * @throws Refusal for those without a role
 */
async function followRole(person: Person, named: Role | null, { caller }: Way): Promise<void> {
  const { email, ...rights } = await db().user.findUniqueOrThrow({ where: { id: person.userId } });
  const { role: before } = rightsOf(rights);
  if (before === "owner") return;
  const { OIDC_ROLE } = env();
  const role = named ?? (OIDC_ROLE ? lesser(before, OIDC_ROLE) : null);
  if (role === null) throw new Refusal("role", email);
  if (!(await assignRole(person, role))) return;
  const detail = { by: "provider", before, role };
  await record("person.change", personActor(person), { target: email, detail, headers: caller });
}
