import "server-only";
import type { Viewer } from "@/lib/access/viewer";
import { createFeed } from "@/lib/live/feed";
import { watchClicks } from "@/lib/live/listener";
import { liveRow } from "@/lib/live/row";
import { log } from "@/lib/log";
import type { Filters } from "@/lib/query/filters";

/** Proxies end connections on which nothing comes. */
const HEARTBEAT_MS = 20_000;
/** How soon a browser comes back after the connection was lost. */
const RETRY_MS = 2_000;

// instrumentation.ts and the routes are separate builds in one process: only globalThis is shared.
const shared = globalThis as { footfallStreams?: Set<() => void> };

type LiveOptions = {
  viewer: Viewer;
  /** Made anew each time, since ranges move with the clock. */
  filters: () => Filters;
  /** Where an earlier stream was left. */
  after: string | null;
  /** Whether whoever watches may still do so. */
  mayWatch: () => Promise<boolean>;
};

/**
 * New clicks as server-sent events: `clicks` with `{ rows, omitted }`, whose id says where to go on; an empty comment
 * when nothing has come for a while. Ends when the reader goes, may not watch any more, or the server stops.
 */
export function liveStream({ viewer, filters, after, mayWatch }: LiveOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let end = () => {};
  return new ReadableStream({
    async start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      let unwatch = () => {};
      let ended = false;
      const heartbeat = setInterval(() => void beat(), HEARTBEAT_MS).unref();
      end = () => {
        if (ended) return;
        ended = true;
        clearInterval(heartbeat);
        unwatch();
        streams().delete(end);
        try {
          controller.close();
        } catch {
          // The reader has gone already.
        }
      };
      streams().add(end);
      async function beat(): Promise<void> {
        if (!(await mayWatch().catch(() => true))) return end();
        if (!ended) send(":\n\n");
      }
      send(`retry: ${RETRY_MS}\n\n`);
      try {
        const feed = await createFeed(viewer, filters, after);
        const tell = oneAtATime(async () => {
          const { clicks, place, omitted } = await feed.next();
          if (ended || clicks.length === 0) return;
          const rows = clicks.map((click) => liveRow(click, filters().zone));
          send(`id: ${place}\nevent: clicks\ndata: ${JSON.stringify({ rows, omitted })}\n\n`);
        });
        unwatch = ended ? unwatch : watchClicks(tell);
      } catch (error) {
        // The browser comes back by itself.
        log.warn({ err: error }, "live: a stream could not begin");
        end();
      }
    },
    cancel: () => end(),
  });
}

function streams(): Set<() => void> {
  shared.footfallStreams ??= new Set();
  return shared.footfallStreams;
}

/** Ends every stream: a server that stops would wait for them. */
export function endStreams(): void {
  for (const end of streams()) end();
}

/** Runs work again after it is done when it was asked for meanwhile, never twice at once; a failure is for next time. */
function oneAtATime(work: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    running = true;
    do {
      again = false;
      await work().catch((error: unknown) => log.warn({ err: error }, "live: new clicks could not be read"));
    } while (again);
    running = false;
  };
  return () => {
    if (running) again = true;
    else void run();
  };
}
