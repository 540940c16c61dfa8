import { type Answer, sameAmong } from "./answer";
import type { Measured } from "./measure-size";

/** What we want to be true of ten million clicks on two cores, and whether it is. */
export type Target = { what: string; limit: string; found: string; met: boolean };

const FLOOR_FACTOR = 1.3;
const FLOOR_EXTRA_MS = 10;
const PAGES = [
  { page: "overview", range: "30d", limit: 400 },
  { page: "overview", range: "365d", limit: 1_600 },
  { page: "middling link", range: "365d", limit: 250 },
  { page: "busiest link", range: "365d", limit: 700 },
] as const;
/** Of a page's limit, when its first card must be there. */
const FIRST_CARD = 1 / 5;
const CATCH_UP_MS = 100;
const MEMORY = 1e9;
const GROWTH = 10;

const ms = (value: number) => `${Math.round(value)} ms`;
const below = (what: string, found: number, limit: number): Target => ({
  what,
  limit: ms(limit),
  found: ms(found),
  met: found <= limit,
});

/** By how many milliseconds a question takes longer than it should. */
const excess = ({ server, floor }: Answer): number => server.p50 - (floor.p50 * FLOOR_FACTOR + FLOOR_EXTRA_MS);

function questionsTarget(answers: readonly Answer[]): Target {
  const late = answers.filter((answer) => excess(answer) > 0).sort((a, b) => excess(b) - excess(a));
  const [worst] = late;
  const name = worst && [worst.question, worst.scope, worst.range, worst.conditions].join(", ");
  return {
    what: `every question's p50, of ${answers.length}`,
    limit: `${FLOOR_FACTOR} × floor + ${FLOOR_EXTRA_MS} ms`,
    found: worst
      ? `${answers.length - late.length} met; the worst is ${ms(excess(worst))} above (${name})`
      : `${answers.length} met`,
    met: late.length === 0,
  };
}

function growthTarget(whole: Measured, tenth: Measured): Target {
  const factors = tenth.answers.map((small) => {
    const same = sameAmong(whole.answers, small);
    return { question: small.question, factor: same ? same.server.p50 / small.server.p50 : Number.NaN };
  });
  const [worst] = factors.sort((a, b) => b.factor - a.factor);
  return {
    what: "ten times the clicks, all links over 365 days",
    limit: `${GROWTH} × the time`,
    found: worst ? `${worst.factor.toFixed(1)} × at most (${worst.question})` : "not measured",
    met: worst !== undefined && worst.factor <= GROWTH,
  };
}

export function targetsOf(whole: Measured, tenth: Measured): Target[] {
  const pages = PAGES.flatMap(({ page, range, limit }) => {
    const found = whole.pages.find((entry) => entry.page === page && entry.range === range);
    if (!found) return [];
    const name = `${page}, ${range}`;
    return [
      below(`${name}: whole page`, found.end.p50, limit),
      ...(page === "overview" ? [below(`${name}: first card`, found.firstCard.p50, limit * FIRST_CARD)] : []),
    ];
  });
  const catchUps = whole.catchUps.map(({ question, fresh, idle }) =>
    below(`a click in the next answer, ${question}`, Math.max(0, fresh.p50 - idle.p50), CATCH_UP_MS),
  );
  const memory = Math.round(whole.memory.peak / 1e6);
  return [
    questionsTarget(whole.answers),
    ...pages,
    ...catchUps,
    { what: "server memory", limit: `${MEMORY / 1e6} MB`, found: `${memory} MB`, met: whole.memory.peak < MEMORY },
    growthTarget(whole, tenth),
  ];
}
