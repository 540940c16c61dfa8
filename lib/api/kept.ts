import "server-only";
import { Readable } from "node:stream";
import { download } from "@/lib/base/http/download";
import { keptLines } from "@/lib/deliveries/kept";
import type { Whose } from "@/lib/deliveries/visitor-match";

async function* lines(whose: Whose): AsyncGenerator<Buffer> {
  for await (const line of keptLines(whose)) yield Buffer.from(line);
}

/** All that the database has about a visitor, one JSON object a line, the last of which says how many. Its name doesn't tell which. */
export const exportKept = (whose: Whose): Response =>
  download(
    Readable.toWeb(Readable.from(lines(whose))) as ReadableStream<Uint8Array>,
    "footfall-visitor.ndjson",
    "application/x-ndjson",
  );
