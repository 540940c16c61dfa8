import { reading } from "@/lib/account/reading";
import { clicksDownload } from "@/lib/api/clicks-file";
import { otherMethods } from "@/lib/base/http/route";

/** The list of clicks as a file; `columns` chooses and orders columns, `bom=true` is for Excel. */
export const GET = reading("export", (request, scope) => clicksDownload(request, scope, "csv"));

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
