import { joinedLinks } from "@/lib/query/compared";
import { hrefTo } from "@/lib/query/query-string";

/** Where the ticked links of a form lead: the overview of them together, as one condition instead of several. */
export function GET(request: Request): Response {
  const params = new URL(request.url).searchParams;
  return new Response(null, { status: 303, headers: { Location: hrefTo("/", joinedLinks(params) ?? params) } });
}
