import { reading } from "@/lib/account/reading";
import { exportClicks } from "@/lib/api/clicks-file";
import { exportOptions } from "@/lib/api/export-options";
import { otherMethods } from "@/lib/base/http/route";
import { filtersFromParams } from "@/lib/question/codec/read";

/** The list of clicks as JSON objects, one a line; `columns` chooses and orders their fields. */
export const GET = reading("export", async (request, scope) => {
  const { searchParams } = new URL(request.url);
  const filters = filtersFromParams(searchParams, new Date(), "api/export/rows");
  const { columns, ...options } = exportOptions(searchParams, "api/export/rows");
  return exportClicks(scope, filters, columns, { ...options, format: "ndjson", signal: request.signal });
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
