import { countAttempt } from "@/lib/account/attempts";
import { record } from "@/lib/account/audit/record";
import { answerForm, FormError, leaveFor, readForm, zoneCookies } from "@/lib/account/entry";
import { credentialErrors } from "@/lib/account/owner";
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
    const read = credentialErrors({ email: form("email"), password: form("password"), repeat: form("repeat") });
    if (!read.credentials) throw new FormError(read.errors);
    const { credentials } = read;
    const userId = await countAttempt("link", request.headers)
      .then(() => join(form("token").trim(), credentials))
      .catch((error: unknown) => {
        if (error instanceof AppError && error.message === words.people.taken)
          throw new FormError({ email: words.people.taken.replace("email: ", "") });
        throw unavailable(error);
      });
    if (userId === null) throw new AppError("unprocessable_entity", words.people.invalid);
    await record("account.join", { kind: "person", id: userId }, { headers: request.headers });
    const { cookies } = await signIn(credentials, request.headers);
    return leaveFor(request, "/", [...cookies, ...zoneCookies(request, form("zone"))]);
  }),
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
