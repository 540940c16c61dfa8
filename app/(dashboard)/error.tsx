"use client";

import { Button } from "@/components/ui/button";

export default function DashboardError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <div role="alert" className="mx-auto grid max-w-md justify-items-center gap-4 py-24 text-center">
      <h1 className="font-semibold text-2xl tracking-tight">This page couldn’t be loaded</h1>
      <p className="text-muted">
        {error.digest
          ? `The database is probably unreachable. No data is lost: try again. If this persists, check the server’s log (reference ${error.digest}).`
          : "The database is probably unreachable. No data is lost: try again. If this persists, check the server’s log."}
      </p>
      <Button onClick={retry}>Try again</Button>
    </div>
  );
}
