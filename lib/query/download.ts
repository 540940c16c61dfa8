import "server-only";
import type { Filters, Range } from "@/lib/query/filters";
import { toLocal } from "@/lib/time";

/** The media type of every CSV. */
export const CSV_TYPE = "text/csv; charset=utf-8";

/** Says what a download holds, such as `footfall-countries-2026-08-01_2026-08-30.csv`. */
export function fileName(word: string, { range, zone }: Filters, extension: "csv" | "zip"): string {
  return `footfall-${word}-${daysOf(range, zone)}.${extension}`;
}

function daysOf({ from, to }: Range, zone: string): string {
  const day = (date: Date) => new Date(toLocal(date, zone)).toISOString().slice(0, 10);
  const last = to && day(new Date(to.getTime() - 1));
  if (!from) return last ? `until-${last}` : "all";
  return last ? `${day(from)}_${last}` : `from-${day(from)}`;
}

/** A file that the browser keeps and nobody else does. */
export function download(body: ReadableStream<Uint8Array>, name: string, type: string): Response {
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      // A proxy that waited for the end would hold the whole file.
      "X-Accel-Buffering": "no",
    },
  });
}
