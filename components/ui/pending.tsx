"use client";

import { useLinkStatus } from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

/** Figures that come sooner need no sign that they are loading, whose first paint would hold up the one of the press. */
const PATIENCE_MS = 120;

/** Marks that new figures are loading, if that takes a moment: the style sheet dims `data-numbers` meanwhile. */
export function Pending() {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return isLate && <span hidden data-pending />;
}

/** The same inside a link, while its page loads. */
export function LinkPending() {
  return useLinkStatus().pending ? <Pending /> : null;
}

/** Pulses inside a link while its page loads. Takes no space. */
export function RowPending() {
  const { pending } = useLinkStatus();
  if (!pending) return null;
  return (
    <>
      <span aria-hidden className="absolute inset-0 motion-safe:animate-pulse rounded-md bg-accent/15" />
      <Pending />
    </>
  );
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
