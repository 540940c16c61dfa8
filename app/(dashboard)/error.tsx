"use client";

import { Button } from "@/components/ui/button";
import { text } from "@/components/ui/failures-text";

export default function DashboardError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <div role="alert" className="mx-auto grid max-w-md justify-items-center gap-4 py-24 text-center">
      <h1 className="font-semibold text-2xl tracking-tight">{text.pageFailed.title}</h1>
      <p className="text-muted">
        {error.digest ? text.pageFailed.whyWithReference(error.digest) : text.pageFailed.why}
      </p>
      <Button onClick={retry}>{text.pageFailed.tryAgain}</Button>
    </div>
  );
}
