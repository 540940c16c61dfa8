import { leaveFor } from "@/lib/account/entry";
import { endProviderSignIn } from "@/lib/account/provider/sign-in";
import { AppError } from "@/lib/base/errors";
import { otherMethods, route } from "@/lib/base/http/route";
import { text as words } from "@/lib/base/problems";

/** The sign-in provider sends people here. Its path is better-auth's. */
export const GET = route(async (request) => {
  const step = await endProviderSignIn(request);
  if (!step) throw new AppError("not_found", words.provider.none);
  return leaveFor(request, step.location, step.setCookies);
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
