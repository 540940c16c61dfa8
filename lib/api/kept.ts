import "server-only";
import { Readable } from "node:stream";
import { download } from "@/lib/api/export";
import { keptOf } from "@/lib/deliveries/kept";
import type { Whose } from "@/lib/deliveries/visitor-match";

async function* lines(whose: Whose): AsyncGenerator<Buffer> {
  for await (const kept of keptOf(whose)) yield Buffer.from(`${JSON.stringify(kept)}\n`);
}

/** All that the database has about a visitor, one JSON object a line. Its name doesn't tell which. */
export const exportKept = (whose: Whose): Response =>
  download(
    Readable.toWeb(Readable.from(lines(whose))) as ReadableStream<Uint8Array>,
    "footfall-visitor.ndjson",
    "application/x-ndjson",
  );
