import { reading } from "@/lib/account/reading";
import { clicksDownload } from "@/lib/api/clicks-file";
import { otherMethods } from "@/lib/base/http/route";

/** The list of clicks as a Parquet file; `columns` chooses and orders columns. */
export const GET = reading("export", (request, scope) => clicksDownload(request, scope, "parquet"));

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
