import { reading } from "@/lib/account/reading";
import { exportFile } from "@/lib/api/export";
import { exportOptions } from "@/lib/api/export-options";
import { otherMethods } from "@/lib/base/http/route";
import { filtersFromParams } from "@/lib/question/codec/read";

type Context = { params: Promise<{ file: string }> };

/** A page's data as a file, with its filters and settings; `bom=true` is for Excel. */
export const GET = reading<Context>("export", async (request, scope, { params }) => {
  const { searchParams } = new URL(request.url);
  const filters = filtersFromParams(searchParams, new Date(), "api/export");
  return exportFile(scope, filters, (await params).file, exportOptions(searchParams, "api/export"));
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
