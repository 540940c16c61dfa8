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
