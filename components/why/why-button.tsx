"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";

const load = () => import("./why-panel");
const WhyPanel = dynamic(() => load().then((file) => file.WhyPanel), { ssr: false });

/** Explains a figure; `query` is that of `/api/v1/analytics` which gives the same numbers. */
export function WhyButton({ of, query }: { of: string; query: string }) {
  const title = `Why these numbers: ${of}`;
  const [anchor, setAnchor] = useState<Element | null>(null);
  return (
    <>
      <IconButton
        icon="info"
        label={title}
        title="Why these numbers?"
        aria-haspopup="dialog"
        onPointerEnter={load}
        onFocus={load}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
        className="print:hidden"
      />
      {anchor && <WhyPanel anchor={anchor} title={title} query={query} onClose={() => setAnchor(null)} />}
    </>
  );
}
