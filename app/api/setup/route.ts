import { countAttempt } from "@/lib/account/attempts";
import { answerForm, FormError, leaveFor, readForm, zoneCookies } from "@/lib/account/entry";
import { setUp } from "@/lib/account/owner";
import { signIn } from "@/lib/account/sign-in";
import { unavailable } from "@/lib/account/unavailable";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { otherMethods, route } from "@/lib/base/http/route";
import { text as words } from "@/lib/base/problems";

/** The set-up page's form: creates the owner's account, signs in and redirects to the overview. */
export const POST = route((request) =>
  answerForm(request, async () => {
    const form = await readForm(request);
    const fields = { token: form("token"), email: form("email"), password: form("password"), repeat: form("repeat") };
    const result = await countAttempt("setup", request.headers)
      .then(() => setUp(fields, env().SETUP_TOKEN))
      .catch((error: unknown) => {
        throw unavailable(error);
      });
    if (result === "exists") throw new AppError("unprocessable_entity", words.entry.exists);
    if ("errors" in result) throw new FormError(result.errors);
    const { cookies } = await signIn(result.created, request.headers);
    return leaveFor(request, "/", [...cookies, ...zoneCookies(request, form("zone"))]);
  }),
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
