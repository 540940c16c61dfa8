"use client";

import { useState } from "react";
import { QuietButton } from "@/components/ui/button";
import { Problem } from "@/components/ui/field";
import { inFull } from "@/components/ui/numbers";
import { useChange } from "@/components/ui/use-json";

/** Begins to add demo clicks; the page then shows how far it is. */
export function AddDemo() {
  const { change, pending, problem } = useChange();
  return (
    <div className="grid gap-2">
      <QuietButton className="w-fit" disabled={pending} onClick={() => void change("POST", "/api/demo")}>
        {pending ? "Starting…" : "Fill with demo clicks"}
      </QuietButton>
      <Problem>{problem}</Problem>
    </div>
  );
}

type Removed = { clicks: number; links: number };

/** What removes the demo's clicks. `size`: how many there are, in words; null without any. */
export function RemoveDemo({ size }: { size: string | null }) {
  const { change, pending, problem } = useChange();
  const [isAsking, setAsking] = useState(false);
  const [removed, setRemoved] = useState<Removed | null>(null);
  if (size === null && !removed) return null;

  async function remove(): Promise<void> {
    const answer = await change<Removed>("DELETE", "/api/demo");
    if (!answer) return;
    setRemoved(answer);
    setAsking(false);
  }

  return (
    <section id="demo" aria-label="Demo clicks" className="grid gap-3 card p-4">
      <h2 className="font-semibold">Demo clicks</h2>
      {removed ? (
        <p role="status">{`Removed ${inFull(removed.clicks)} demo clicks and ${inFull(removed.links)} demo links.`}</p>
      ) : isAsking ? (
        <div role="alert" className="grid gap-3">
          <p>{`Remove ${size}? Other clicks and links stay.`}</p>
          <Problem>{problem}</Problem>
          <div className="flex gap-2">
            <QuietButton className="text-danger" disabled={pending} onClick={() => void remove()}>
              {pending ? "Removing…" : "Remove"}
            </QuietButton>
            <QuietButton autoFocus onClick={() => setAsking(false)}>
              Keep
            </QuietButton>
          </div>
        </div>
      ) : (
        <>
          <p className="text-muted">{`Footfall has ${size}. They count in every figure.`}</p>
          <QuietButton className="w-fit text-danger" onClick={() => setAsking(true)}>
            Remove demo clicks
          </QuietButton>
        </>
      )}
    </section>
  );
}
