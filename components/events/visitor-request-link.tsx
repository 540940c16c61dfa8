"use client";

import { TextLink } from "@/components/ui/link";
import { usePowers } from "@/components/views/powers";

/** Leads to what can be done with all that is stored about a visitor, for whoever may. */
export function VisitorRequestLink({ visitor }: { visitor: string }) {
  if (!usePowers().includes("settings")) return null;
  return (
    <p className="mt-2">
      <TextLink href={`/settings/privacy?${new URLSearchParams({ visitor })}`}>
        Download or delete this visitor
      </TextLink>
    </p>
  );
}
