import { answerForm, leaveFor, readForm, zoneCookies } from "@/lib/account/entry";
import { safeNext } from "@/lib/account/next-path";
import { signIn } from "@/lib/account/sign-in";
import { otherMethods, route } from "@/lib/base/http/route";

/** The sign-in page's form: starts a session and redirects to `next`. */
export const POST = route((request) =>
  answerForm(request, async () => {
    const form = await readForm(request);
    const session = await signIn({ email: form("email").trim(), password: form("password") }, request.headers);
    return leaveFor(request, safeNext(form("next")), [...session, ...zoneCookies(request, form("zone"))]);
  }),
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
