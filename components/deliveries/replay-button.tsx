"use client";

import { RotateCcw } from "lucide-react";
import { inFull } from "@/components/ui/numbers";
import { QuietButton } from "@/components/ui/quiet-button";
import { text } from "@/lib/text/replay";
import { type ReplayState, type ReplayTarget, useReplay } from "./use-replay";

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
