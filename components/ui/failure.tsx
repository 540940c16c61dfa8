"use client";

import { Button } from "./button";

export type FailureProps = { error: Error & { digest?: string }; retry: () => void };

/** An error page. Every page loads it, so that it works without the server. */
export function Failure({ title, promise, error, retry }: FailureProps & { title: string; promise?: string }) {
  const reference = error.digest ? ` (reference ${error.digest})` : "";
  const advice = `${promise ?? "Try again."} If this persists, check the server’s log${reference}.`;
  return (
    <>
      <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      <p className="text-muted">The server is busy, or can’t reach its database. {advice}</p>
      <Button onClick={retry}>Try again</Button>
    </>
  );
}
