import { type NextRequest, NextResponse } from "next/server";
import { queryString } from "@/lib/query/query-string";

/** Where the ticked links of a form lead: the overview of them together, as one condition instead of several. */
export function GET(request: NextRequest): NextResponse {
  const params = new URLSearchParams(request.nextUrl.searchParams);
  const ids = params.getAll("linkId").filter((id) => id !== "");
  params.delete("linkId");
  if (ids.length > 0) params.set("linkId", ids.join(","));
  const query = queryString(params);
  return NextResponse.redirect(new URL(query === "" ? "/" : `/?${query}`, request.url), 303);
}
