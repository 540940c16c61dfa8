import { countAttempt } from "@/lib/account/attempts";
import { answerForm, FormError, leaveFor, readForm } from "@/lib/account/entry";
import { sendsMail } from "@/lib/account/mail/send";
import { Credentials } from "@/lib/account/owner";
import { forgetPassword } from "@/lib/account/people/forgotten";
import { unavailable } from "@/lib/account/unavailable";
import { AppError } from "@/lib/base/errors";
import { otherMethods, route } from "@/lib/base/http/route";
import { text as words } from "@/lib/base/problems";

/** The form of a forgotten password: the same answer whether there is such an account or not. */
export const POST = route((request) =>
  answerForm(request, async () => {
    if (!sendsMail()) throw new AppError("not_found", words.entry.noMail);
    const form = await readForm(request);
    await countAttempt("forgot", request.headers).catch(unavailable);
    const { data: email } = Credentials.shape.email.safeParse(form("email"));
    if (email === undefined) throw new FormError({ email: words.entry.email });
    forgetPassword(email, request.headers);
    return leaveFor(request, "/forgot?sent", []);
  }),
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
