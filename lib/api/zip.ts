import "server-only";
import { createHash } from "node:crypto";
import { makeZip } from "client-zip";
import type { About } from "@/lib/api/about";

/** A file of an export: its rows without the header, and the clicks that they are of. */
type ExportedFile = { name: string; body: ReadableStream<Uint8Array>; rows: number; total: number };

/** A file as the manifest lists it; `sha256` in hexadecimal. Without `rows`, it is no table. */
type Listed = { name: string; rows?: number; total?: number; bytes: number; sha256: string };

/** Passes bytes through, and tells their number and hash at the end. */
function weighed(told: (of: { bytes: number; sha256: string }) => void): TransformStream<Uint8Array, Uint8Array> {
  const hash = createHash("sha256");
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      controller.enqueue(chunk);
    },
    flush: () => told({ bytes, sha256: hash.digest("hex") }),
  });
}

/**
 * A ZIP that is made while it is read: `about.txt`, each file, and at last `manifest.json`, which says what all are about,
 * and how long each is with its rows and hash. It breaks off when `assertSame` throws before that.
 */
export function zipOf(
  files: AsyncIterable<ExportedFile>,
  { text, manifest }: About,
  assertSame: () => Promise<void>,
  lastModified: Date,
): ReadableStream<Uint8Array> {
  const listed: Listed[] = [];
  function entry(name: string, body: ReadableStream<Uint8Array>, counted: { rows?: number; total?: number } = {}) {
    return { name, input: body.pipeThrough(weighed((of) => listed.push({ name, ...counted, ...of }))), lastModified };
  }
  const entries = async function* () {
    yield entry("about.txt", new Blob([text]).stream());
    for await (const { name, body, rows, total } of files) yield entry(name, body, { rows, total });
    await assertSame();
    const all = { ...manifest, files: listed };
    yield { name: "manifest.json", input: `${JSON.stringify(all, null, 2)}\n`, lastModified };
  };
  // When aborted, client-zip throws the reason; behind a pipe nobody has to catch it.
  return makeZip(entries()).pipeThrough(new TransformStream());
}
