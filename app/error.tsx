"use client";

import { Button } from "@/components/ui/button";

/** For what fails before a page's own frame is there, such as the question who is reading. */
export default function RootError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <main
      role="alert"
      className="mx-auto grid min-h-dvh max-w-md content-center justify-items-center gap-4 px-4 text-center"
    >
      <h1 className="font-semibold text-2xl tracking-tight">Footfall cannot answer right now</h1>
      <p className="text-muted">
        Usually the database is away for a moment. Try again; if it stays, the server’s log says why
        {error.digest && <> (reference {error.digest})</>}.
      </p>
      <Button onClick={retry}>Try again</Button>
    </main>
  );
}
