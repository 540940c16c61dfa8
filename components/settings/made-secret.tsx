"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { QuietButton } from "@/components/ui/quiet-button";
import { text } from "@/lib/text/settings";

/** A secret that was made here, the one time it is shown. */
export function MadeSecret({ value, onDone }: { value: string; onDone: () => void }) {
  return (
    <div role="alert" className="grid gap-2 bg-accent-soft p-4">
      <p className="font-medium">{text.made.copyNow}</p>
      <div className="flex items-center gap-2">
        <code className="min-w-0 wrap-anywhere rounded-md bg-surface px-2 py-1.5 font-mono text-[13px]">{value}</code>
        <CopyButton text={value} label={text.made.copy} />
      </div>
      <QuietButton onClick={onDone} className="w-fit">
        {text.made.copied}
      </QuietButton>
    </div>
  );
}
