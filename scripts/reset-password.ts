import { parseArgs } from "node:util";
import { isManaged } from "@/lib/account/account";
import { record } from "@/lib/account/audit/record";
import { passwordToken } from "@/lib/account/people/password-link";
import { dropTwoFactor } from "@/lib/account/two-factor";
import { db } from "@/lib/base/db";
import { env } from "@/lib/base/env";
import { findDatabase } from "@/scripts/database-url";
import { Failure, runCommand, say } from "@/scripts/steps";

const HELP = `npm run reset-password -- EMAIL [--two-factor-off]

Makes a link with which that person sets a new password, once within a day. The link is alone on the last line of output.
The server must be running.

  --two-factor-off   turns two-factor sign-in of that person off, too: for somebody who lost their app and recovery codes`;

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { "two-factor-off": { type: "boolean", default: false }, help: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  if (values.help) return say(HELP);
  const [given] = positionals;
  if (positionals.length !== 1 || !given?.trim()) throw new Failure(`Say whose password.\n\n${HELP}`);
  await findDatabase();
  const email = given.trim().toLowerCase();
  const user = await db().user.findUnique({ where: { email }, select: { id: true } });
  if (!user) throw new Failure(`There is no account ${email}.`);
  if (values["two-factor-off"]) {
    await dropTwoFactor({ userId: user.id });
    await record("person.two-factor-off", { kind: "host" }, { target: email, headers: null });
    say("Two-factor sign-in is off.");
    if (isManaged(email)) return;
  }
  if (isManaged(email))
    throw new Failure("ADMIN_EMAIL and ADMIN_PASSWORD set this account. Change ADMIN_PASSWORD and restart the server.");
  const token = await passwordToken(user.id);
  await record("person.reset", { kind: "host" }, { target: email, headers: null });
  const { PUBLIC_URL, PORT } = env();
  if (PUBLIC_URL === undefined)
    say(`Without PUBLIC_URL, PORT says where the server is: ${PORT}. Set it if that is wrong.`);
  say("This link sets a new password, once within a day:");
  say(new URL(`/reset?${new URLSearchParams({ token })}`, PUBLIC_URL ?? `http://localhost:${PORT}`).href);
}

await runCommand(run, HELP);
