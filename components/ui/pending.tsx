"use client";

import { useLinkStatus } from "next/link";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Says to the style sheet that new numbers are on their way: what has `data-numbers` is dimmed until they come. */
export function Pending() {
  return <span hidden data-pending />;
}

/** The same, inside a link, while the page it leads to is on its way. */
export function LinkPending() {
  return useLinkStatus().pending ? <Pending /> : null;
}

/** Inside a link: pulses while the page it leads to is on its way. Takes no room of its own. */
export function RowPending() {
  const { pending } = useLinkStatus();
  return pending ? (
    <span aria-hidden data-pending className="absolute inset-0 motion-safe:animate-pulse rounded-md bg-accent/15" />
  ) : null;
}

/** Asks the server for the page again every so often, while it is looked at. */
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
