"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

/** Figures that come sooner need no sign that they are loading, whose first paint would hold up the one of the press. */
const PATIENCE_MS = 120;

/** Whether what is pending takes a moment. */
export function useIsLate(isPending: boolean): boolean {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    if (!isPending) return;
    const timer = setTimeout(() => setIsLate(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setIsLate(false);
    };
  }, [isPending]);
  return isLate;
}

/** Marks that new figures are loading, if that takes a moment: the style sheet dims `data-numbers` meanwhile. */
export const Pending = () => useIsLate(true) && <span hidden data-pending />;

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
