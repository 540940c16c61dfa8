import { readAccount } from "@/lib/account/account";
import { countAttempt } from "@/lib/account/attempts";
import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { answerForm, FormError, leaveFor, readForm } from "@/lib/account/entry";
import { tellOfChange } from "@/lib/account/mail/changes";
import { Credentials, readChosen } from "@/lib/account/owner";
import { personOfToken, setPassword } from "@/lib/account/people/password-link";
import { unavailable } from "@/lib/account/unavailable";
import { AppError } from "@/lib/base/errors";
import { otherMethods, route } from "@/lib/base/http/route";
import { text as words } from "@/lib/base/problems";

/** The form of a password link: sets the password, ends all sessions and redirects to the sign-in. */
export const POST = route((request) =>
  answerForm(request, async () => {
    const form = await readForm(request);
    const chosen = readChosen(Credentials.pick({ password: true }), {
      ...{ password: form("password"), repeat: form("repeat") },
    });
    if ("errors" in chosen) throw new FormError(chosen.errors);
    await countAttempt("link", request.headers).catch(unavailable);
    const token = form("token").trim();
    const userId = await personOfToken(token).catch(unavailable);
    if (userId === null || !(await setPassword(token, chosen.data.password)))
      throw new AppError("unprocessable_entity", words.people.invalid);
    await record("account.reset", personActor({ userId }), { headers: request.headers });
    const { email } = await readAccount({ userId });
    tellOfChange(email, null);
    return leaveFor(request, "/login?set", []);
  }),
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
