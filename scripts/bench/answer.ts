import type { Range } from "./ask-all";
import type { Timing } from "./measure";

/** One question as it was measured, all in milliseconds. */
export type Answer = {
  question: string;
  range: Range;
  scope: string;
  conditions: string;
  server: Timing;
  floor: Timing;
  postgres: Timing;
};

/** The same question as it was measured over other clicks. */
export function sameAmong(answers: readonly Answer[], { question, range, scope, conditions }: Answer) {
  return answers.find(
    (answer) =>
      answer.question === question &&
      answer.range === range &&
      answer.scope === scope &&
      answer.conditions === conditions,
  );
}
