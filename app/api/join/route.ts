import { countAttempt } from "@/lib/account/attempts";
import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { answerForm, FormError, leaveFor, readForm, zoneCookies } from "@/lib/account/entry";
import { Credentials, readChosen } from "@/lib/account/owner";
import { join } from "@/lib/account/people/invitations";
import { signIn } from "@/lib/account/sign-in";
import { unavailable } from "@/lib/account/unavailable";
import { AppError } from "@/lib/base/errors";
import { otherMethods, route } from "@/lib/base/http/route";
import { text as words } from "@/lib/base/problems";

/** The form of an invitation: makes the account, signs in and redirects to the overview. */
export const POST = route((request) =>
  answerForm(request, async () => {
    const form = await readForm(request);
    const chosen = readChosen(Credentials, {
      ...{ email: form("email"), password: form("password"), repeat: form("repeat") },
    });
    if ("errors" in chosen) throw new FormError(chosen.errors);
    const joined = await countAttempt("link", request.headers)
      .then(() => join(form("token").trim(), chosen.data))
      .catch(unavailable);
    if (joined === "taken") throw new FormError({ email: words.people.taken });
    if (joined === "invalid") throw new AppError("unprocessable_entity", words.people.invalid);
    await record("account.join", personActor(joined), { headers: request.headers });
    const { cookies } = await signIn(chosen.data, request.headers);
    return leaveFor(request, "/", [...cookies, ...zoneCookies(request, form("zone"))]);
  }),
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
