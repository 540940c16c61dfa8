"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";

/** Copies `text`; says so for two seconds. */
export function CopyButton({ text: content, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      aria-label={copied ? "Copied" : label}
      title={label}
      className="grid size-8 shrink-0 place-items-center rounded-md text-muted hover:bg-raised hover:text-ink"
      onClick={async () => {
        await navigator.clipboard.writeText(content);
        setCopied(true);
        setTimeout(() => setCopied(false), 2_000);
      }}
    >
      <Icon aria-hidden className="size-4" />
    </button>
  );
}
