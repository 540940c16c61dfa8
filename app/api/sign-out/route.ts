import { answerForm, leaveFor } from "@/lib/access/entry";
import { assertOwnOrigin } from "@/lib/access/own-origins";
import { endSession } from "@/lib/access/sign-in";
import { env } from "@/lib/env";
import { otherMethods, route } from "@/lib/http";

/** Ends the session of this browser. */
export const POST = route((request) =>
  answerForm(request, async () => {
    assertOwnOrigin(request, env().PUBLIC_URL);
    return leaveFor(request, "/login", await endSession(request.headers));
  }),
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
