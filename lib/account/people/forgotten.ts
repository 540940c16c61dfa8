import "server-only";
import { isManaged } from "@/lib/account/account";
import { mayMail } from "@/lib/account/attempts";
import { record } from "@/lib/account/audit/record";
import { passwordLink } from "@/lib/account/mail/letters";
import { send } from "@/lib/account/mail/send";
import { db } from "@/lib/base/db";
import { log } from "@/lib/base/log";
import { passwordToken } from "./password-link";

async function mailLink(email: string, headers: Headers): Promise<void> {
  if (isManaged(email)) return;
  // Who has no password comes by a proxy or a sign-in provider, which may not let them in any more.
  const withPassword = { accounts: { some: { password: { not: null } } } };
  const person = await db().user.findUnique({ where: { email, ...withPassword }, select: { id: true } });
  if (!person || !(await mayMail("link", email))) return;
  await record("account.forget", { kind: "nobody", name: email }, { headers });
  const token = await passwordToken(person.id);
  await send(email, () => passwordLink(token, email, null));
}

/** Mails a password link to an account's address, if there is one: later, so that the answer takes the same time. */
export function forgetPassword(email: string, headers: Headers): void {
  mailLink(email, headers).catch((error: unknown) => log.error({ err: error }, "mail: no password link"));
}
