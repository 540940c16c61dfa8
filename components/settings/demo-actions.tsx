"use client";

import { useState } from "react";
import { QuietButton } from "@/components/ui/button";
import { counted } from "@/components/ui/counted";
import { Problem } from "@/components/ui/field";
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

type Size = { clicks: number; links: number };

const words = ({ clicks, links }: Size) => `${counted(clicks, "demo click")} and ${counted(links, "demo link")}`;

/** The demo's clicks, if there are any, and what removes them. */
export function RemoveDemo({ clicks, links }: Size) {
  const { change, pending, problem } = useChange();
  const [isAsking, setAsking] = useState(false);
  const [removed, setRemoved] = useState<Size | null>(null);
  if (clicks === 0 && links === 0 && !removed) return null;

  async function remove(): Promise<void> {
    const answer = await change<Size>("DELETE", "/api/demo");
    if (!answer) return;
    setRemoved(answer);
    setAsking(false);
  }

  return (
    <section id="demo" aria-label="Demo clicks" className="grid gap-3 card p-4">
      <h2 className="font-semibold">Demo clicks</h2>
      {removed ? (
        <p role="status">{`Removed ${words(removed)}.`}</p>
      ) : isAsking ? (
        <div role="alert" className="grid gap-3">
          <p>{`Remove ${words({ clicks, links })}? Other clicks and links stay.`}</p>
          <Problem>{problem}</Problem>
          <div className="flex gap-2">
            <QuietButton className="text-danger" disabled={pending} onClick={() => void remove()}>
              {pending ? "Removing…" : "Remove"}
            </QuietButton>
            <QuietButton onClick={() => setAsking(false)}>Keep</QuietButton>
          </div>
        </div>
      ) : (
        <>
          <p className="text-muted">{`Footfall has ${words({ clicks, links })}. They count in every figure.`}</p>
          <QuietButton className="w-fit text-danger" onClick={() => setAsking(true)}>
            Remove demo clicks
          </QuietButton>
        </>
      )}
    </section>
  );
}
