"use client";

import { createContext, lazy, type ReactNode, Suspense, useContext } from "react";
import { text } from "@/components/live/text";
import { type Live, useLive } from "./use-live";

const LiveContext = createContext<Live | null>(null);

/** One stream of new clicks for the switch and the list, which stand in different places. */
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
      title={text.switchTitle}
      onClick={isOn ? switchOff : switchOn}
      className="flex h-8 items-center gap-2 rounded-full border border-line bg-surface px-3 font-medium text-muted hover:bg-raised hover:text-ink aria-checked:border-accent aria-checked:text-ink print:hidden"
    >
      <span className="relative grid size-2">
        {connection === "open" && (
          <span className="absolute inset-0 rounded-full bg-accent opacity-60 motion-safe:animate-ping" />
        )}
        <span className={`relative rounded-full ${connection === "open" ? "bg-accent" : "bg-strong-line"}`} />
      </span>
      {text.live}
    </button>
  );
}

const LiveFeed = lazy(async () => ({ default: (await import("./live-feed")).LiveFeed }));

/** New clicks as they arrive, while it is switched on; loaded by then. */
export function LivePanel() {
  const live = useLiveContext();
  if (live.connection === "off") return null;
  return (
    <Suspense>
      <LiveFeed live={live} />
    </Suspense>
  );
}
