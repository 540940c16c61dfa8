import { countAttempt } from "@/lib/account/attempts";
import { record } from "@/lib/account/audit/record";
import { answerForm, FormError, leaveFor, readForm } from "@/lib/account/entry";
import { credentialErrors } from "@/lib/account/owner";
import { personOfToken, setPassword } from "@/lib/account/people/password-link";
import { unavailable } from "@/lib/account/unavailable";
import { AppError } from "@/lib/base/errors";
import { otherMethods, route } from "@/lib/base/http/route";
import { text as words } from "@/lib/base/problems";

/** Stands for the address, which this form doesn't ask for. */
const NO_EMAIL = "nobody@footfall.invalid";

/** The form of a password link: sets the password, ends all sessions and redirects to the sign-in. */
export const POST = route((request) =>
  answerForm(request, async () => {
    const form = await readForm(request);
    const given = { password: form("password"), repeat: form("repeat") };
    const read = credentialErrors({ email: NO_EMAIL, ...given });
    if (!read.credentials) throw new FormError(read.errors);
    await countAttempt("link", request.headers).catch(unavailable);
    const token = form("token").trim();
    const userId = await personOfToken(token).catch(unavailable);
    if (userId === null || !(await setPassword(token, given.password)))
      throw new AppError("unprocessable_entity", words.people.invalid);
    await record("account.reset", { kind: "person", id: userId }, { headers: request.headers });
    return leaveFor(request, "/login", []);
  }),
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
