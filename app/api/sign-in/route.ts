import { answerForm, leaveFor, readForm, zoneCookies } from "@/lib/account/entry";
import { safeNext } from "@/lib/account/next-path";
import { signIn } from "@/lib/account/sign-in";
import { otherMethods, route } from "@/lib/base/http/route";

/** The sign-in page's form: starts a session and redirects to `next`. */
export const POST = route((request) =>
  answerForm(request, async () => {
    const form = await readForm(request);
    const credentials = { email: form("email").trim(), password: form("password") };
    const { cookies, needsCode } = await signIn(credentials, request.headers);
    const next = safeNext(form("next"));
    const target = needsCode ? `/code?${new URLSearchParams({ next })}` : next;
    return leaveFor(request, target, [...cookies, ...zoneCookies(request, form("zone"))]);
  }),
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
