import { hrefTo } from "@/lib/question/codec/query-string";
import { joinedLinks } from "@/lib/question/codec/write";

/**
 * Target of the form with selected links: the overview of all of them, as one condition instead of several. Without any,
 * back to the list.
 */
export function GET(request: Request): Response {
  const params = new URL(request.url).searchParams;
  const path = params.has("linkId") ? "/" : "/links";
  return new Response(null, { status: 303, headers: { Location: hrefTo(path, joinedLinks(params) ?? params) } });
}
