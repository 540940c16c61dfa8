import "server-only";
import { admit } from "@/lib/account/admit";
import { Credentials } from "@/lib/account/owner";
import { type Viewer, viewerOf } from "@/lib/account/viewer";
import { env } from "@/lib/base/env";

/**
 * The person whom a proxy has signed in; null when they have no account and get none. With SIGN_IN_ROLE people get an
 * account when they first come.
 */
export async function proxyViewer(name: string, headers: Headers): Promise<Viewer | null> {
  const { data: email } = Credentials.shape.email.safeParse(name);
  if (email === undefined) return null;
  const person = await admit({ email, by: "proxy", headers }, env().SIGN_IN_ROLE);
  return person && viewerOf(person);
}
