import type { Tone } from "@/components/ui/badge";
import { OUTCOMES, type Outcome } from "@/lib/deliveries/list/filters";

type Words = { label: string; tone: Tone; fill: string; swatch: string; meaning: string };

/** Label, colours and meaning of each outcome. */
export const OUTCOME_WORDS: Record<Outcome, Words> = {
  counted: {
    ...{ label: "Counted", tone: "good", fill: "fill-accent", swatch: "bg-accent" },
    meaning: "Each was counted as one click.",
  },
  duplicate: {
    ...{ label: "Duplicate", tone: "plain", fill: "fill-shade-2", swatch: "bg-shade-2" },
    meaning: "The same click was sent again. It counts once.",
  },
  test: {
    ...{ label: "Test", tone: "plain", fill: "fill-muted", swatch: "bg-muted" },
    meaning: "Test events from Dub. They don’t count as clicks.",
  },
  ignored: {
    ...{ label: "Not a click", tone: "plain", fill: "fill-strong-line", swatch: "bg-strong-line" },
    meaning: "Other events from Dub, such as changes to links. They aren’t counted.",
  },
  quarantined: {
    ...{ label: "Quarantined", tone: "danger", fill: "fill-danger", swatch: "bg-danger" },
    meaning:
      "From Dub, but this version can’t read them. They are kept without passwords and personal data, and can be replayed after an upgrade.",
  },
  replayed: {
    ...{ label: "Replayed", tone: "warn", fill: "fill-warn", swatch: "bg-warn" },
    meaning: "Were quarantined and have been read since. Those that were clicks also appear under Counted.",
  },
};

/** Label and tone of a stored outcome. An unknown outcome is its own label. */
export function outcomeWords(outcome: string): Pick<Words, "label" | "tone"> {
  const known = OUTCOMES.find((name) => name === outcome);
  return known ? OUTCOME_WORDS[known] : { label: outcome, tone: "plain" };
}
