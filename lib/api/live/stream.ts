import "server-only";
import { createFeed, type Feed, watchClicks } from "@/lib/api/live/new-clicks";
import { liveRow } from "@/lib/api/live/row";
import { AppError } from "@/lib/base/errors";
import { log } from "@/lib/base/log";
import { single } from "@/lib/base/runtime";
import { coalesce } from "@/lib/engines/coalesce";
import type { Filters, Scope } from "@/lib/question/question";

/** One per browser suffices; people have several, and tabs without a shared worker. */
const MOST_OF_ONE = 12;
/** Each sends a query for every tenth of a second with new clicks. */
const MOST_OF_ALL = 200;

const taken = single("live places", () => new Map<string, number>());

/** Takes one of the limited live connections. @returns releases it @throws AppError when none is left */
export function acquireConnection(owner: string): () => void {
  const places = taken();
  const own = places.get(owner) ?? 0;
  if (own >= MOST_OF_ONE)
    throw new AppError("rate_limit_exceeded", "Live is open in too many tabs of this session. Close one first.");
  if ([...places.values()].reduce((sum, count) => sum + count, 0) >= MOST_OF_ALL)
    throw new AppError("unavailable", "Too many live connections. Try again in a moment.", { "Retry-After": "10" });
  places.set(owner, own + 1);
  let isBack = false;
  return () => {
    if (isBack) return;
    isBack = true;
    const left = (places.get(owner) ?? 1) - 1;
    if (left > 0) places.set(owner, left);
    else places.delete(owner);
  };
}

/** Proxies close silent connections. */
const HEARTBEAT_MS = 20_000;
/** Delay before a browser reconnects. */
const RETRY_MS = 2_000;
/** Buffer limit for slow readers; a reader that accepts nothing is disconnected. */
const MOST_UNREAD = 262_144;

/** Ends each open stream. */
const streams = single("live streams", () => new Set<() => void>());

/** A view whose clicks somebody watches. */
export type Watched = {
  /** Read anew each time, since ranges move with the clock. */
  filters: () => Filters;
  /** Where an earlier stream stopped. */
  after: string | null;
};

type LiveOptions = {
  scope: Scope;
  /** The views of all tabs of a browser, over one connection. */
  watched: readonly Watched[];
  /** Whether to send the start of each view. */
  tellsPlaces: boolean;
  /** Whether the viewer's session is still valid. */
  mayWatch: () => Promise<boolean>;
  onEnd?: () => void;
};

/**
 * New clicks as server-sent events. `clicks`: `{ view, place, rows, omitted }`, where `place`, also the event id, says
 * where to resume; on request `place`: where a view starts; comments as keep-alive. Ends when the reader disconnects,
 * accepts nothing or loses access, or the server stops.
 */
export function liveStream({ scope, watched, tellsPlaces, mayWatch, onEnd }: LiveOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let end = () => {};
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let unwatch = () => {};
        let ended = false;
        const heartbeat = setInterval(() => void sendHeartbeat(), HEARTBEAT_MS).unref();
        end = () => {
          if (ended) return;
          ended = true;
          clearInterval(heartbeat);
          unwatch();
          streams().delete(end);
          onEnd?.();
          try {
            controller.close();
          } catch {
            // The reader is gone.
          }
        };
        function send(text: string): void {
          if (ended) return;
          controller.enqueue(encoder.encode(text));
          if ((controller.desiredSize ?? 0) <= 0) end();
        }
        /** Ends the stream when its reader may not watch any more. While that can't be asked, nothing is told. */
        async function mayGoOn(): Promise<boolean> {
          const may = await mayWatch().catch(() => null);
          if (may === false) end();
          return may === true;
        }
        async function sendHeartbeat(): Promise<void> {
          if (await mayGoOn()) send(":\n\n");
        }
        async function tell(view: number, feed: Feed): Promise<void> {
          const { clicks, place, omitted } = await feed.next();
          if (clicks.length === 0 || !(await mayGoOn())) return;
          const zone = watched[view]?.filters().zone ?? "UTC";
          const rows = clicks.map((click) => liveRow(click, zone));
          send(`id: ${place}\nevent: clicks\ndata: ${JSON.stringify({ view, place, rows, omitted })}\n\n`);
        }
        async function begin(): Promise<void> {
          const feeds = await Promise.all(watched.map(({ filters, after }) => createFeed(scope, filters, after)));
          for (const [view, feed] of tellsPlaces ? feeds.entries() : [])
            send(`event: place\ndata: ${JSON.stringify({ view, place: feed.place() })}\n\n`);
          if (ended) return;
          const tellAll = coalesce(async () => {
            try {
              for (const [view, feed] of feeds.entries()) if (!ended) await tell(view, feed);
            } catch (error) {
              log.warn({ err: error }, "live: read of new clicks failed");
            }
          });
          unwatch = watchClicks(tellAll);
          // What was stored before the listener worked.
          void tellAll();
        }
        streams().add(end);
        send(`retry: ${RETRY_MS}\n\n`);
        void begin().catch((error: unknown) => {
          // The browser reconnects automatically.
          log.warn({ err: error }, "live: stream start failed");
          end();
        });
      },
      cancel: () => end(),
    },
    { highWaterMark: MOST_UNREAD, size: (chunk) => chunk.byteLength },
  );
}

/** Ends all streams, for which a stopping server would wait. */
export function endStreams(): void {
  for (const end of streams()) end();
}
