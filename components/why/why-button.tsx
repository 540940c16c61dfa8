"use client";

import { Info } from "lucide-react";
import { lazy, Suspense, useState } from "react";

const load = () => import("./why-panel");
const WhyPanel = lazy(async () => ({ default: (await load()).WhyPanel }));

/**
 * Opens what there is to know about a figure: how it is defined, of which clicks, who answered.
 *
 * @param query that of `/api/analytics` which gives the same numbers
 */
export function WhyButton({ of, query }: { of: string; query: string }) {
  const title = `Why these numbers: ${of}`;
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={title}
        title="Why these numbers?"
        onPointerEnter={load}
        onFocus={load}
        onClick={() => setOpen(true)}
        className="grid size-9 shrink-0 place-items-center rounded-lg text-muted hover:bg-raised hover:text-ink print:hidden"
      >
        <Info aria-hidden className="size-4" />
      </button>
      {open && (
        <Suspense>
          <WhyPanel title={title} query={query} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
