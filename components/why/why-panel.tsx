"use client";

import { useEffect, useEffectEvent } from "react";
import { createPortal } from "react-dom";
import { CopyButton } from "@/components/ui/copy-button";
import { SidePanel } from "@/components/ui/side-panel";
import { Asking, useJson } from "@/components/ui/use-json";
import type { WhyFact } from "@/lib/api/why";

function Call({ query }: { query: string }) {
  const path = `/api/v1/analytics?${query}`;
  return (
    <div>
      <h3 className="text-muted">Same data by API</h3>
      <div className="mt-1 flex items-start gap-1 rounded-lg bg-raised py-1 pr-1 pl-3">
        <a href={path} target="_blank" rel="noreferrer" className="min-w-0 flex-1 py-1.5 hover:underline">
          <code className="break-all font-mono text-xs">GET {path}</code>
        </a>
        <CopyButton text={new URL(path, window.location.href).href} label="Copy URL" />
      </div>
    </div>
  );
}

type Props = {
  /** The figure's button, in a `PanelRoom`. */
  anchor: Element;
  title: string;
  query: string;
  onClose: () => void;
};

let closeOpen = () => {};

/** How a figure came about. There is one at a time. */
export function WhyPanel({ anchor, title, query, onClose }: Props) {
  const { data, error, loading, again } = useJson<{ facts: WhyFact[] }>(`/api/why?${query}`);
  const close = useEffectEvent(onClose);
  useEffect(() => {
    closeOpen();
    const own = () => close();
    closeOpen = own;
    return () => {
      if (closeOpen === own) closeOpen = () => {};
    };
  }, []);
  return createPortal(
    <SidePanel beside="figures" title={title} of={query} onClose={onClose}>
      <div className="grid gap-5 p-5">
        <Asking loading={loading} error={error} empty={null} onAgain={again} />
        {data && !loading && (
          <dl className="grid gap-4">
            {data.facts.map(({ name, text }) => (
              <div key={name}>
                <dt className="text-muted">{name}</dt>
                <dd className="mt-0.5 break-words">{text}</dd>
              </div>
            ))}
          </dl>
        )}
        <Call query={query} />
      </div>
    </SidePanel>,
    anchor.closest(".panel-room")?.querySelector(":scope > [data-panels]") ?? document.body,
  );
}
