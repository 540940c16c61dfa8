"use client";

import { useLinkStatus } from "next/link";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Marks that new figures are loading: the style sheet dims `data-numbers` meanwhile. */
export function Pending() {
  return <span hidden data-pending />;
}

/** The same inside a link, while its page loads. */
export function LinkPending() {
  return useLinkStatus().pending ? <Pending /> : null;
}

/** Pulses inside a link while its page loads. Takes no space. */
export function RowPending() {
  const { pending } = useLinkStatus();
  return pending ? (
    <span aria-hidden data-pending className="absolute inset-0 motion-safe:animate-pulse rounded-md bg-accent/15" />
  ) : null;
}

/** Refreshes the page periodically while it is visible. */
export function Refresh({ seconds }: { seconds: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, seconds * 1_000);
    return () => clearInterval(timer);
  }, [router, seconds]);
  return null;
}
