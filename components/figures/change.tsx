const TONES = { more: "text-accent-strong", less: "text-danger", same: "text-muted" } as const;

/** A change in words, the earlier number, and whether it is more or less by more than chance. */
export type Change = { words: string; before: string; tone: keyof typeof TONES };

export const toneLook = (tone: Change["tone"]): string => TONES[tone];

/** A change in a row: without an arrow, the earlier number on hover. */
export const QuietChange = ({ change: { words, before, tone } }: { change: Change }) => (
  <span title={`Before: ${before}`} className={`${TONES[tone]} tabular-nums`}>
    {words}
    <span className="sr-only">{`, before ${before}`}</span>
  </span>
);
