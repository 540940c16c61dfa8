import { reading } from "@/lib/account/reading";
import { linksOf } from "@/lib/api/v1/links";
import { paramsOf } from "@/lib/api/v1/params";
import { fresh, otherMethods } from "@/lib/base/http/route";

/** Links with their clicks in the range, also those without a click; conditions on links choose the links. */
export const GET = reading("read", async (request, scope, _context, by) =>
  fresh(await linksOf(scope, paramsOf(request, by), new Date())),
);

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
