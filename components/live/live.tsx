"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useRef, useState } from "react";
import type { LiveRow } from "@/lib/api/live/row";
import { createHub, type LiveEvent, type Watch } from "./live-hub";
import type { FromTab } from "./live-worker";

type Line = (message: FromTab) => void;
type Tell = (event: LiveEvent) => void;

/** Connects to the worker that all tabs share or, in browsers without such workers, to an own stream. */
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

/** Reports new clicks of a query string while the page is visible, and missed ones later. @returns what ends it */
function watchLive(query: string, tell: Tell): () => void {
  const id = `${performance.timeOrigin} ${Math.random()} ${tabs++}`;
  let after: string | null = null;
  let isWatching = false;
  const line = lineTo((event) => {
    // What arrived while the page was being hidden is sent again.
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
  const gone = new AbortController();
  document.addEventListener("visibilitychange", look, { signal: gone.signal });
  // A page may return from the back/forward cache.
  window.addEventListener("pageshow", look, { signal: gone.signal });
  window.addEventListener("pagehide", leave, { signal: gone.signal });
  look();
  return () => {
    gone.abort();
    leave();
    line.close();
  };
}

const MOST_ROWS = 30;
/** Minimum time between refreshes of the figures. */
const REFRESH_MS = 2_000;

export type Live = ReturnType<typeof useLive>;

function useSoonRefresh(): () => void {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      if (document.visibilityState === "visible") router.refresh();
    }, REFRESH_MS);
  };
}

/** `waiting` and `held`: the rows and the number of what arrived while it was paused. */
type Feed = { rows: readonly LiveRow[]; waiting: readonly LiveRow[]; arrived: number; held: number };
const NOTHING: Feed = { rows: [], waiting: [], arrived: 0, held: 0 };

/** New clicks that match a page's query string, while live is on. Resumes after a lost connection. */
function useLive(query: string) {
  const [isOn, setOn] = useState(false);
  const [isPaused, setPaused] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [{ rows, arrived, held }, setFeed] = useState<Feed>(NOTHING);
  const refresh = useSoonRefresh();
  const take = useEffectEvent((event: LiveEvent) => {
    if (event.type === "open") setOpen(event.isOpen);
    if (event.type !== "clicks") return;
    const count = event.rows.length + event.omitted;
    const add = (known: readonly LiveRow[]) => [...event.rows.toReversed(), ...known].slice(0, MOST_ROWS);
    setFeed(({ rows, waiting, arrived, held }) => ({
      ...(isPaused ? { rows, waiting: add(waiting), held: held + count } : { rows: add(rows), waiting, held }),
      arrived: arrived + count,
    }));
    if (!isPaused) refresh();
  });

  useEffect(() => {
    if (!isOn) return;
    const unwatch = watchLive(query, (event) => take(event));
    return () => {
      unwatch();
      setOpen(false);
    };
  }, [isOn, query]);

  const connection = isOn ? (isPaused ? "paused" : isOpen ? "open" : "connecting") : "off";
  return {
    connection,
    rows,
    arrived,
    held,
    switchOn: () => setOn(true),
    switchOff() {
      setOn(false);
      setPaused(false);
      setFeed(NOTHING);
    },
    pause: () => setPaused(true),
    resume() {
      setPaused(false);
      setFeed(({ rows, waiting, arrived }) => ({
        ...NOTHING,
        rows: [...waiting, ...rows].slice(0, MOST_ROWS),
        arrived,
      }));
      refresh();
    },
  };
}

const LiveContext = createContext<Live | null>(null);

/** One stream of new clicks for the switch and the list, which are in different places. */
export function LiveProvider({ query, children }: { query: string; children: ReactNode }) {
  return <LiveContext value={useLive(query)}>{children}</LiveContext>;
}

function useLiveContext(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("there is no LiveProvider around this");
  return live;
}

/** Switches the stream of new clicks on and off. */
export function LiveSwitch() {
  const { connection, switchOn, switchOff } = useLiveContext();
  const isOn = connection !== "off";
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      title="Show new clicks as they arrive"
      onClick={isOn ? switchOff : switchOn}
      className="flex h-8 items-center gap-2 rounded-full border border-line bg-surface px-3 font-medium text-muted hover:bg-raised hover:text-ink aria-checked:border-accent aria-checked:text-ink print:hidden"
    >
      <span className="relative grid size-2">
        {connection === "open" && (
          <span className="absolute inset-0 rounded-full bg-accent opacity-60 motion-safe:animate-ping" />
        )}
        <span className={`relative rounded-full ${connection === "open" ? "bg-accent" : "bg-strong-line"}`} />
      </span>
      Live
    </button>
  );
}

const LiveFeed = dynamic(() => import("./live-feed").then((file) => file.LiveFeed), { ssr: false });

/** New clicks as they arrive, while live is on. Loaded only then. */
export function LivePanel() {
  const live = useLiveContext();
  return live.connection !== "off" && <LiveFeed live={live} />;
}
