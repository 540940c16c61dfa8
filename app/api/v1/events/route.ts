import { reading } from "@/lib/account/reading";
import { eventsOf } from "@/lib/api/v1/events";
import { paramsOf } from "@/lib/api/v1/params";
import { fresh, otherMethods } from "@/lib/base/http/route";

/** Clicks, newest first, with the pages' filters and settings; `before` or `after` is a cursor. */
export const GET = reading("read", async (request, scope, _context, by) =>
  fresh(await eventsOf(scope, paramsOf(request, by), new Date())),
);

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
