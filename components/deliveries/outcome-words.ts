import { text } from "@/components/deliveries/text";
import type { Tone } from "@/components/ui/badge";
import { OUTCOMES, type Outcome } from "@/lib/deliveries/list/filters";

type Words = { label: string; tone: Tone; fill: string; swatch: string; meaning: string };

/** Label, colours and meaning of each outcome. */
export const OUTCOME_WORDS: Record<Outcome, Words> = {
  counted: {
    ...text.outcomes.counted,
    tone: "good",
    fill: "fill-accent",
    swatch: "bg-accent",
  },
  duplicate: {
    ...text.outcomes.duplicate,
    tone: "plain",
    fill: "fill-shade-2",
    swatch: "bg-shade-2",
  },
  test: {
    ...text.outcomes.test,
    tone: "plain",
    fill: "fill-muted",
    swatch: "bg-muted",
  },
  ignored: {
    ...text.outcomes.ignored,
    tone: "plain",
    fill: "fill-strong-line",
    swatch: "bg-strong-line",
  },
  quarantined: {
    ...text.outcomes.quarantined,
    tone: "danger",
    fill: "fill-danger",
    swatch: "bg-danger",
  },
  replayed: {
    ...text.outcomes.replayed,
    tone: "warn",
    fill: "fill-warn",
    swatch: "bg-warn",
  },
};

/** Label and tone of a stored outcome. An unknown outcome is its own label. */
export function outcomeWords(outcome: string): Pick<Words, "label" | "tone"> {
  const known = OUTCOMES.find((name) => name === outcome);
  return known ? OUTCOME_WORDS[known] : { label: outcome, tone: "plain" };
}
