import { hrefTo } from "@/lib/question/codec/query-string";
import { joinedLinks } from "@/lib/question/codec/write";

/** Target of the form with ticked links: the overview of all of them, as one condition instead of several. */
export function GET(request: Request): Response {
  const params = new URL(request.url).searchParams;
  return new Response(null, { status: 303, headers: { Location: hrefTo("/", joinedLinks(params) ?? params) } });
}
