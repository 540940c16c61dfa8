"use client";

import { Button } from "@/components/ui/button";

/** For what fails before a page's own frame is there, such as the question who is reading. */
export default function RootError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <main
      role="alert"
      className="mx-auto grid min-h-dvh max-w-md content-center justify-items-center gap-4 px-4 text-center"
    >
      <h1 className="font-semibold text-2xl tracking-tight">Footfall is unavailable</h1>
      <p className="text-muted">
        {error.digest
          ? `The database is probably unreachable. Try again. If this persists, check the server’s log (reference ${error.digest}).`
          : "The database is probably unreachable. Try again. If this persists, check the server’s log."}
      </p>
      <Button onClick={retry}>Try again</Button>
    </main>
  );
}
