"use client";

import { createContext, type ReactNode, use } from "react";
import type { Power } from "@/lib/account/roles";

const Powers = createContext<readonly Power[]>([]);

/** What the reader may do. Only hides what they would be refused: routes and pages check it. */
export const usePowers = (): readonly Power[] => use(Powers);

/** Tells everything inside what the reader may do: components, and styles by the attribute. */
export function PowersOf({ powers, children }: { powers: readonly Power[]; children: ReactNode }) {
  return (
    <Powers value={powers}>
      <div className="contents" data-powers={powers.join(" ")}>
        {children}
      </div>
    </Powers>
  );
}
