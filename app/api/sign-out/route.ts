import { answerForm, leaveFor } from "@/lib/account/entry";
import { assertOwnOrigin } from "@/lib/account/own-origins";
import { endSession } from "@/lib/account/sign-in";
import { env } from "@/lib/base/env";
import { otherMethods, route } from "@/lib/base/http/route";

/** Ends this browser's session. */
export const POST = route((request) =>
  answerForm(request, async () => {
    assertOwnOrigin(request, env().PUBLIC_URL);
    return leaveFor(request, "/login", await endSession(request.headers));
  }),
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
