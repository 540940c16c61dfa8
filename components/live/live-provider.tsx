"use client";

import { createContext, type ReactNode, useContext } from "react";
import { type Live, useLive } from "./use-live";

const LiveContext = createContext<Live | null>(null);

/** One stream of new clicks for the switch and the list, which stand in different places. */
export function LiveProvider({ query, children }: { query: string; children: ReactNode }) {
  return <LiveContext value={useLive(query)}>{children}</LiveContext>;
}

export function useLiveContext(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("there is no LiveProvider around this");
  return live;
}
