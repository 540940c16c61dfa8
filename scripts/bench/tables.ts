import type { Answer } from "./ask-all";
import type { Measured } from "./measure-size";
import type { Timing } from "./timing";

const FLOOR_FACTOR = 1.3;
const FLOOR_EXTRA_MS = 10;

const GB = 1e9;
const MB = 1e6;

export const number = (value: number) => value.toLocaleString("en-US");
const ms = (value: number) => (value < 100 ? value.toFixed(1) : number(Math.round(value)));
export const timing = ({ p50, p95 }: Timing) => `${ms(p50)} / ${ms(p95)}`;
export const size = (bytes: number) => (bytes < GB ? `${Math.round(bytes / MB)} MB` : `${(bytes / GB).toFixed(1)} GB`);

/** A table in Markdown. The first column is text, the others are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, index) => (index === 0 ? "---" : "---:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

const keyOf = ({ question, scope, range, conditions }: Answer) => [question, scope, range, conditions].join(", ");

/** How many questions come near the floor, and the farthest. */
function nearness(answers: readonly Answer[]): string {
  const excesses = answers.flatMap((answer) => {
    const { server, floor } = answer;
    return floor ? [{ answer, above: server.p50 - (floor.p50 * FLOOR_FACTOR + FLOOR_EXTRA_MS) }] : [];
  });
  const late = excesses.filter(({ above }) => above > 0).sort((a, b) => b.above - a.above);
  const [worst] = late;
  return `*Floor* is the same statements run straight on DuckDB, one after the other, on a copy of the server's file, over the
clicks themselves. *Postgres* is the same statements run there. ${excesses.length - late.length} of ${excesses.length} questions take at most ${FLOOR_FACTOR} × floor + ${FLOOR_EXTRA_MS} ms${
    worst ? `; the worst is ${Math.round(worst.above)} ms above (${keyOf(worst.answer)})` : ""
  }.`;
}

/** Tables of all questions, one for each scope, beside floor and Postgres where these were asked. */
export function questions(answers: readonly Answer[], other?: Measured): string {
  const theirs = new Map(other?.answers.map((answer) => [keyOf(answer), answer.server]));
  const hasFloor = answers.some(({ floor }) => floor);
  const head = [
    ...["question", "range", "conditions", "server"],
    ...(other ? [other.name, "ratio"] : []),
    ...(hasFloor ? ["floor", "server : floor", "Postgres"] : []),
  ];
  const row = (answer: Answer) => {
    const { question, range, conditions, server, floor, postgres } = answer;
    const compared = theirs.get(keyOf(answer));
    return [
      ...[question, range, conditions, timing(server)],
      ...(other ? [compared ? timing(compared) : "", compared ? (server.p50 / compared.p50).toFixed(2) : ""] : []),
      ...(floor && postgres ? [timing(floor), (server.p50 / floor.p50).toFixed(2), timing(postgres)] : []),
    ];
  };
  const tables = [...new Set(answers.map(({ scope }) => scope))].map((scope) => {
    const rows = answers.filter((answer) => answer.scope === scope).map(row);
    return `### ${scope.charAt(0).toUpperCase()}${scope.slice(1)}\n\n${table(head, rows)}`;
  });
  return [...(hasFloor ? [nearness(answers)] : []), ...tables].join("\n\n");
}
