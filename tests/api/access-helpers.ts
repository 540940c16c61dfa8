import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { auth } from "@/lib/account/auth";
import { NewKey } from "@/lib/account/keys/key";
import { createKey } from "@/lib/account/keys/store";
import { type Credentials, createOwner, inOrder, saveAccount } from "@/lib/account/owner";
import { Rights } from "@/lib/account/people/people";
import { Prisma } from "@/lib/generated/prisma/client";

export const OWNER: Credentials = { email: "owner@example.com", password: "a password of the owner" };

/** A POST to one of better-auth's routes, as JSON. */
export function authRequest(path: string, body: unknown, headers: HeadersInit = {}, host = "localhost:3000"): Request {
  return new Request(`http://${host}/api/auth${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", host, ...headers },
    body: JSON.stringify(body),
  });
}

/** The `Cookie` header that a browser would send after such an answer. */
export function cookieOf(answer: string[] | { cookies: string[] }): string {
  return (Array.isArray(answer) ? answer : answer.cookies).map((cookie) => cookie.replace(/;.*/s, "")).join("; ");
}

/** Creates the owner and signs in. @returns the `cookie` header */
export async function signedIn(): Promise<{ cookie: string }> {
  await createOwner(OWNER);
  const { headers } = await auth().api.signInEmail({ body: OWNER, returnHeaders: true });
  return { cookie: cookieOf(headers.getSetCookie()) };
}

/** Makes an API key. @returns the `authorization` header with it, and its id */
export async function madeKey(key: z.input<typeof NewKey>): Promise<{ authorization: string; id: string }> {
  const { id, value } = await createKey(NewKey.parse(key), null);
  return { authorization: `Bearer ${value}`, id };
}

/** Makes an account with these rights and signs in. @returns the `cookie` header, and the account's id */
export async function signedInAs(
  rights: z.input<typeof Rights>,
  email: string,
): Promise<{ cookie: string; id: string }> {
  const { role, mayExport, links } = Rights.parse(rights);
  const id = randomUUID();
  const credentials = { email, password: OWNER.password };
  await inOrder((tx) =>
    saveAccount(tx, id, randomUUID(), credentials, { role, mayExport, links: links ?? Prisma.DbNull }),
  );
  const { headers } = await auth().api.signInEmail({ body: credentials, returnHeaders: true });
  return { cookie: cookieOf(headers.getSetCookie()), id };
}
