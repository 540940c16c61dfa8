import { reading } from "@/lib/account/reading";
import { eventsOf } from "@/lib/api/v1/events";
import { fresh, otherMethods } from "@/lib/base/http/route";

/** Clicks, newest first, with the pages' filters and settings; `before` or `after` is a cursor. */
export const GET = reading("read", async (request, scope) =>
  fresh(await eventsOf(scope, new URL(request.url).searchParams, new Date())),
);

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
