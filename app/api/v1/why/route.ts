import { reading } from "@/lib/account/reading";
import { explain } from "@/lib/api/explain";
import { paramsOf } from "@/lib/api/v1/params";
import { fresh, otherMethods } from "@/lib/base/http/route";

/** Explains a figure in words; the query string is that of `/api/v1/analytics`. */
export const GET = reading("read", async (request, scope, _context, by) =>
  fresh(await explain(scope, paramsOf(request, by), new Date())),
);

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
