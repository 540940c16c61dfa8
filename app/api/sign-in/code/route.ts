import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { answerForm, FormError, leaveFor, readForm, zoneCookies } from "@/lib/account/entry";
import { safeNext } from "@/lib/account/next-path";
import { enterCode } from "@/lib/account/two-factor";
import { AppError } from "@/lib/base/errors";
import { otherMethods, route } from "@/lib/base/http/route";

const FIELD = "code: ";

/** The second step of the sign-in: starts a session and redirects to `next`. */
export const POST = route((request) =>
  answerForm(request, async () => {
    const form = await readForm(request);
    const { userId, cookies } = await enterCode(request.headers, form("code")).catch(async (error: unknown) => {
      if (!(error instanceof AppError) || !error.message.startsWith(FIELD)) throw error;
      await record("session.refuse", { kind: "nobody", name: "Wrong code" }, { headers: request.headers });
      throw new FormError({ code: error.message.slice(FIELD.length) });
    });
    await record("session.start", personActor({ userId }), { headers: request.headers });
    return leaveFor(request, safeNext(form("next")), [...cookies, ...zoneCookies(request, form("zone"))]);
  }),
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
