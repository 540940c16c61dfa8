import { setImmediate } from "node:timers/promises";

/** Bytes that are made as fast as they are read. `close` ends the work at once; it is harmless after the end. */
export type Source = { next: () => Promise<Uint8Array | null>; close: () => void };

/** The body of a response. When its reader goes away, the source is closed. */
export function bodyOf({ next, close }: Source): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const bytes = await next();
        // Bytes that are always at hand would let no other request have its turn.
        await setImmediate();
        if (bytes) controller.enqueue(bytes);
        else controller.close();
      },
      cancel: close,
    },
    // Nothing is read before somebody asks.
    { highWaterMark: 0 },
  );
}

/** The response of a download, cached only by the browser. `headers`: besides. */
export function download(
  body: ReadableStream<Uint8Array>,
  name: string,
  type: string,
  headers: Record<string, string> = {},
): Response {
  return new Response(body, {
    headers: {
      ...headers,
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      // A proxy that buffers would hold the whole file.
      "X-Accel-Buffering": "no",
    },
  });
}
