import { reading } from "@/lib/account/reading";
import { exportClicks } from "@/lib/api/clicks-file";
import { exportOptions } from "@/lib/api/export-options";
import { otherMethods } from "@/lib/base/http/route";
import { filtersFromParams } from "@/lib/question/codec/read";

/** The list of clicks as a file; `columns` chooses and orders columns, `bom=true` is for Excel. */
export const GET = reading("export", async (request, scope) => {
  const { searchParams } = new URL(request.url);
  const filters = filtersFromParams(searchParams, new Date(), "api/export/events");
  const { columns, ...options } = exportOptions(searchParams, "api/export/events");
  return exportClicks(scope, filters, columns, { ...options, format: "csv", signal: request.signal });
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
