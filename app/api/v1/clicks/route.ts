import { reading } from "@/lib/account/reading";
import { changesOf } from "@/lib/api/v1/clicks";
import { paramsOf } from "@/lib/api/v1/params";
import { fresh, otherMethods } from "@/lib/base/http/route";

/** Every click once, in the order of arrival, after a cursor. */
export const GET = reading("read", async (request, scope, _context, by) =>
  fresh(await changesOf(scope, paramsOf(request, by))),
);

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
