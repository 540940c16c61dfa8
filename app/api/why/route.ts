import { requireApiViewer } from "@/lib/account/session";
import { explain } from "@/lib/api/explain";
import { fresh, otherMethods, route } from "@/lib/base/http/route";

/** Explains a figure in words; the query string is that of `/api/v1/analytics`. */
export const GET = route(async (request) => {
  const scope = await requireApiViewer(request);
  return fresh(await explain(scope, new URL(request.url).searchParams, new Date()));
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
