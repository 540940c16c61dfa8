"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { askJson } from "@/components/ui/use-json";
import { text } from "@/lib/text/replay";

/** One delivery by its number, or all that match the page's query string. */
export type ReplayTarget = { delivery: string } | { query: string };

type Step = { settled: number; kept: number; next: string | null };
export type ReplayState = { running: boolean; settled: number; kept: number; problem: string | null; done: boolean };

const IDLE: ReplayState = { running: false, settled: 0, kept: 0, problem: null, done: false };

function ask(body: object, signal: AbortSignal): Promise<Step> {
  const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal };
  return askJson<Step>("/api/deliveries/replay", init);
}

/** Replays step by step. Stopping, leaving or failing in between loses nothing: what was settled stays settled. */
export function useReplay(target: ReplayTarget) {
  const router = useRouter();
  const [state, setState] = useState(IDLE);
  const going = useRef<AbortController | null>(null);
  useEffect(() => () => going.current?.abort(), []);

  async function start(): Promise<void> {
    going.current = new AbortController();
    const { signal } = going.current;
    let [settled, kept, after]: [number, number, string | null] = [0, 0, null];
    setState({ ...IDLE, running: true });
    try {
      do {
        const step = await ask("query" in target ? { ...target, after } : target, signal);
        settled += step.settled;
        kept += step.kept;
        after = step.next;
        setState({ ...IDLE, running: true, settled, kept });
      } while (after !== null);
      setState({ ...IDLE, settled, kept, done: true });
    } catch (error) {
      const problem = signal.aborted ? text.stopped : `${error instanceof Error ? error.message : error}`;
      setState({ ...IDLE, settled, kept, problem, done: true });
    }
    router.refresh();
  }
  return { state, start, stop: () => going.current?.abort() };
}
