"use client";

import { useState } from "react";
import { QuietButton } from "@/components/ui/button";
import { Problem } from "@/components/ui/field";
import { useChange } from "@/components/ui/use-json";

/** Revokes a key, after a question that says what is lost. */
export function RevokeKey({ id, name }: { id: string; name: string }) {
  const { change, pending, problem } = useChange();
  const [isAsking, setAsking] = useState(false);
  if (!isAsking)
    return (
      <div className="px-4 pb-3">
        <QuietButton aria-label={`Revoke ${name}`} className="text-danger" onClick={() => setAsking(true)}>
          Revoke
        </QuietButton>
      </div>
    );
  return (
    <div role="alert" className="grid gap-2 px-4 pb-3">
      <p>
        Revoke “<bdi>{name}</bdi>”? Programs that use it are refused at once. It can’t be made valid again.
      </p>
      <Problem>{problem}</Problem>
      <div className="flex gap-2">
        <QuietButton
          className="text-danger"
          disabled={pending}
          onClick={() => void change("DELETE", `/api/keys/${encodeURIComponent(id)}`)}
        >
          {pending ? "Revoking…" : "Revoke"}
        </QuietButton>
        <QuietButton onClick={() => setAsking(false)}>Keep</QuietButton>
      </div>
    </div>
  );
}
