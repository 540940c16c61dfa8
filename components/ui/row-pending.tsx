"use client";

import { useLinkStatus } from "next/link";

/** Inside a link: pulses while the page it leads to is on its way. Takes no room of its own. */
export function RowPending() {
  const { pending } = useLinkStatus();
  return pending ? (
    <span aria-hidden data-pending className="absolute inset-0 motion-safe:animate-pulse rounded-md bg-accent/15" />
  ) : null;
}
