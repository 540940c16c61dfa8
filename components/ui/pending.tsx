"use client";

import { useLinkStatus } from "next/link";

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
