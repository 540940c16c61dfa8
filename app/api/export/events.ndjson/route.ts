import { reading } from "@/lib/account/reading";
import { clicksDownload } from "@/lib/api/clicks-file";
import { otherMethods } from "@/lib/base/http/route";

/** The list of clicks as JSON objects, one a line; `columns` chooses and orders their fields. */
export const GET = reading("export", (request, scope) => clicksDownload(request, scope, "ndjson"));

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
