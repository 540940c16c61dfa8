import { createHub, type LiveEvent, type Watch } from "./live-hub";
import type { FromTab } from "./live-worker";

type Line = (message: FromTab) => void;
type Tell = (event: LiveEvent) => void;

/** The line to the worker that all tabs share, or in browsers without such workers to a stream of the tab's own. */
function lineTo(tell: Tell): { send: Line; close: () => void } {
  if (typeof SharedWorker === "undefined") {
    const hub = createHub();
    return { send: ({ id, watch }) => (watch ? hub.watch(id, watch, tell) : hub.leave(id)), close: () => {} };
  }
  const { port } = new SharedWorker(new URL("./live-worker.ts", import.meta.url), { type: "module", name: "live" });
  port.onmessage = ({ data }: MessageEvent<LiveEvent>) => tell(data);
  return { send: (message) => port.postMessage(message), close: () => port.close() };
}

let tabs = 0;

/**
 * Reports new clicks while the page is visible. Clicks from hidden times are reported when it is visible again.
 *
 * @param query of the page
 * @returns ends it
 */
export function watchLive(query: string, tell: Tell): () => void {
  const id = `${performance.timeOrigin} ${Math.random()} ${tabs++}`;
  let after: string | null = null;
  let isWatching = false;
  const line = lineTo((event) => {
    // What was on its way when the page was hidden comes again.
    if (!isWatching) return;
    if (event.type !== "open") after = event.place;
    tell(event);
  });
  function watch(isSeen: boolean): void {
    isWatching = isSeen;
    line.send({ id, watch: isSeen ? ({ query, after } satisfies Watch) : null });
  }
  const look = () => watch(document.visibilityState === "visible");
  const leave = () => watch(false);
  document.addEventListener("visibilitychange", look);
  // A page may come back from the browser's cache of pages.
  window.addEventListener("pageshow", look);
  window.addEventListener("pagehide", leave);
  look();
  return () => {
    document.removeEventListener("visibilitychange", look);
    window.removeEventListener("pageshow", look);
    window.removeEventListener("pagehide", leave);
    leave();
    line.close();
  };
}
