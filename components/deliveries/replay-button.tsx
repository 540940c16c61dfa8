"use client";

import { RotateCcw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { text } from "@/components/deliveries/replay-text";
import { inFull } from "@/components/ui/numbers";
import { QuietButton } from "@/components/ui/quiet-button";
import { askJson } from "@/components/ui/use-json";

/** One delivery by its number, or all that match the page's query string. */
type ReplayTarget = { delivery: string } | { query: string };

type Step = { settled: number; kept: number; next: string | null };
type ReplayState = { running: boolean; settled: number; kept: number; problem: string | null; done: boolean };

const IDLE: ReplayState = { running: false, settled: 0, kept: 0, problem: null, done: false };

function ask(body: object, signal: AbortSignal): Promise<Step> {
  const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal };
  return askJson<Step>("/api/deliveries/replay", init);
}

/** Replays step by step. Stopping, leaving or failing in between loses nothing: what was settled stays settled. */
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

function outcome({ settled, kept, problem }: ReplayState): string {
  const result = kept > 0 ? text.settledAndKept(inFull(settled), inFull(kept)) : text.settled(inFull(settled));
  return problem ? `${problem} ${result}` : result;
}

/** Takes deliveries out of quarantine, as far as they are understood by now, and shows how far it is. */
export function ReplayButton({ target, label, total }: { target: ReplayTarget; label: string; total: number }) {
  const { state, start, stop } = useReplay(target);
  const done = state.settled + state.kept;
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
      <span role="status" className={`tabular-nums ${state.problem ? "text-danger" : "text-muted"} empty:hidden`}>
        {state.running ? text.doneOf(inFull(done), inFull(total)) : state.done ? outcome(state) : ""}
      </span>
      {state.running ? (
        <>
          <progress
            aria-label={text.replayed}
            value={done}
            max={Math.max(total, done)}
            className="h-2 w-24 accent-accent"
          />
          <button type="button" onClick={stop} className="h-9 rounded-lg px-3 font-medium hover:bg-raised">
            {text.stop}
          </button>
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
