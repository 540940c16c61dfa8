"use client";

import { RotateCcw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { QuietButton } from "@/components/ui/button";
import { inFull } from "@/components/ui/numbers";
import { askJson } from "@/components/ui/use-json";

/** One delivery by its id, or all that match the page's query string. */
type ReplayTarget = { delivery: string } | { query: string };

type Step = { settled: number; kept: number; next: string | null };
type ReplayState = { running: boolean; settled: number; kept: number; problem: string | null; done: boolean };

const IDLE: ReplayState = { running: false, settled: 0, kept: 0, problem: null, done: false };

/** Replays step by step. Stopping, leaving or failing loses nothing: processed deliveries stay processed. */
function useReplay(target: ReplayTarget) {
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
        const body = "query" in target ? { ...target, after } : target;
        const step: Step = await askJson("/api/deliveries/replay", "POST", body, signal);
        settled += step.settled;
        kept += step.kept;
        after = step.next;
        setState({ ...IDLE, running: true, settled, kept });
      } while (after !== null);
      setState({ ...IDLE, settled, kept, done: true });
    } catch (error) {
      const problem = signal.aborted ? "Stopped." : `${error instanceof Error ? error.message : error}`;
      setState({ ...IDLE, settled, kept, problem, done: true });
    }
    router.refresh();
  }
  return { state, start, stop: () => going.current?.abort() };
}

function outcome({ settled, kept, problem }: ReplayState): string {
  const result = `${inFull(settled)} processed${kept > 0 ? `, ${inFull(kept)} still quarantined` : ""}.`;
  return problem ? `${problem} ${result}` : result;
}

/** Replays quarantined deliveries with progress. */
export function ReplayButton({ target, label, total }: { target: ReplayTarget; label: string; total: number }) {
  const { state, start, stop } = useReplay(target);
  const done = state.settled + state.kept;
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
      <span role="status" className={`tabular-nums ${state.problem ? "text-danger" : "text-muted"} empty:hidden`}>
        {state.running ? `${inFull(done)} of ${inFull(total)}` : state.done ? outcome(state) : ""}
      </span>
      {state.running ? (
        <>
          <progress aria-label="Replayed" value={done} max={Math.max(total, done)} className="h-2 w-24 accent-accent" />
          <QuietButton onClick={stop}>Stop</QuietButton>
        </>
      ) : (
        <QuietButton onClick={() => void start()}>
          <RotateCcw aria-hidden className="size-4" />
          {label}
        </QuietButton>
      )}
    </div>
  );
}
