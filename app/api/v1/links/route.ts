import { reading } from "@/lib/account/reading";
import { linksOf } from "@/lib/api/v1/links";
import { fresh, otherMethods } from "@/lib/base/http/route";

/** Links with their clicks in the range, also those without a click; conditions on links choose the links. */
export const GET = reading("read", async (request, scope) =>
  fresh(await linksOf(scope, new URL(request.url).searchParams, new Date())),
);

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
