import { reading } from "@/lib/account/reading";
import { AnalyticsQuery, readQuery } from "@/lib/api/dub/query";
import { dubAnalytics } from "@/lib/api/dub/rows";
import { analyticsOf } from "@/lib/api/v1/analytics";
import { fresh, otherMethods } from "@/lib/base/http/route";

/** To a program with a key as Dub's API would answer; to a person's session as `/api/v1/analytics`. */
export const GET = reading("read", async (request, scope, _context, by) => {
  const { searchParams } = new URL(request.url);
  const now = new Date();
  if (by.kind !== "key") return fresh(await analyticsOf(scope, searchParams, now));
  return fresh(await dubAnalytics(scope, readQuery(AnalyticsQuery, searchParams), now));
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
