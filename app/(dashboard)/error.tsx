"use client";

import { Button } from "@/components/ui/button";

export default function DashboardError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <div role="alert" className="mx-auto grid max-w-md justify-items-center gap-4 py-24 text-center">
      <h1 className="font-semibold text-2xl tracking-tight">This page could not be answered</h1>
      <p className="text-muted">
        Usually the database is away for a moment. Nothing is lost: try again. If it stays, the server’s log says why
        {error.digest && <> (reference {error.digest})</>}.
      </p>
      <Button onClick={retry}>Try again</Button>
    </div>
  );
}
