"use client";

import { lazy, Suspense } from "react";
import { useLiveContext } from "./live-provider";

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
