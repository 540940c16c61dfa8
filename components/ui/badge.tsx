import type { ReactNode } from "react";

const TONES = {
  plain: "bg-raised text-muted",
  good: "bg-accent-soft text-accent-strong",
  warn: "bg-warn-soft text-warn",
  danger: "bg-danger-soft text-danger",
};

export type Tone = keyof typeof TONES;

/** A word in a small coloured field. The word carries the meaning, the colour only repeats it. */
export function Badge({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={`inline-flex shrink-0 items-center rounded-md px-1.5 py-0.5 font-medium text-xs ${TONES[tone]}`}>
      {children}
    </span>
  );
}
