"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { IconButton } from "./icon-button";

/** Copies `text` and confirms it for two seconds. */
export function CopyButton({ text: content, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(content);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <IconButton small icon={copied ? Check : Copy} label={copied ? "Copied" : label} title={label} onClick={copy} />
  );
}
