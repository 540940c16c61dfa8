import "server-only";
import { isManaged } from "@/lib/account/account";
import { mayMail } from "@/lib/account/attempts";
import { record } from "@/lib/account/audit/record";
import { noPasswordLink, passwordLink } from "@/lib/account/mail/letters";
import { send } from "@/lib/account/mail/send";
import { db } from "@/lib/base/db";
import { log } from "@/lib/base/log";
import { text as words } from "@/lib/base/problems";
import { passwordToken } from "./password-link";

async function mailLink(email: string, headers: Headers): Promise<void> {
  const accounts = { where: { password: { not: null } }, select: { id: true } };
  const person = await db().user.findUnique({ where: { email }, select: { id: true, accounts } });
  if (!person || !(await mayMail("link", email))) return;
  await record("account.forget", { kind: "nobody", name: email }, { headers });
  if (isManaged(email)) return void (await send(email, () => noPasswordLink(email, words.account.managed)));
  // A proxy or a sign-in provider lets them in, and may not want to any more.
  if (person.accounts.length === 0)
    return void (await send(email, () => noPasswordLink(email, words.account.elsewhere)));
  const token = await passwordToken(person.id);
  await send(email, () => passwordLink(token, email, null));
}

/**
 * Mails a password link to an account's address, or why there can't be one; nothing where there is no account. Later, so
 * that the answer takes the same time.
 */
export function forgetPassword(email: string, headers: Headers): void {
  mailLink(email, headers).catch((error: unknown) => log.error({ err: error }, "mail: no password link"));
}
