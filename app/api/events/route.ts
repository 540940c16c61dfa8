import { reading } from "@/lib/account/reading";
import { dubEvents } from "@/lib/api/dub/events";
import { EventsQuery, readQuery } from "@/lib/api/dub/query";
import { eventsOf } from "@/lib/api/v1/events";
import { fresh, otherMethods } from "@/lib/base/http/route";

/** To a program with a key as Dub's API would answer; to a person's session as `/api/v1/events`. */
export const GET = reading("read", async (request, scope, _context, by) => {
  const { searchParams } = new URL(request.url);
  const now = new Date();
  if (by.kind !== "key") return fresh(await eventsOf(scope, searchParams, now));
  return fresh(await dubEvents(scope, readQuery(EventsQuery, searchParams), now));
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
