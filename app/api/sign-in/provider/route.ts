import { leaveFor, zoneCookies } from "@/lib/account/entry";
import { safeNext } from "@/lib/account/next-path";
import { beginProviderSignIn } from "@/lib/account/provider/sign-in";
import { AppError } from "@/lib/base/errors";
import { otherMethods, route } from "@/lib/base/http/route";
import { text as words } from "@/lib/base/problems";

/** Leads to the sign-in provider. `next`: where to go in the end. `zone`: the browser's, if scripts run. */
export const GET = route(async (request) => {
  const { searchParams } = new URL(request.url);
  const step = await beginProviderSignIn(request.headers, safeNext(searchParams.get("next")));
  if (!step) throw new AppError("not_found", words.provider.none);
  const zone = zoneCookies(request, searchParams.get("zone") ?? "");
  return leaveFor(request, step.location, [...step.setCookies, ...zone]);
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
