import { type Answer, sameAmong } from "./answer";
import type { Machine } from "./machine";
import type { Timing } from "./measure";
import type { Measured } from "./measure-size";
import { targetsOf } from "./targets";

const GB = 1e9;
const MB = 1e6;
const SECOND = 1_000;

const number = (value: number) => value.toLocaleString("en-US");
const ms = (value: number) => (value < 100 ? value.toFixed(1) : number(Math.round(value)));
const timing = ({ p50, p95 }: Timing) => `${ms(p50)} / ${ms(p95)}`;
const size = (bytes: number) => (bytes < GB ? `${Math.round(bytes / MB)} MB` : `${(bytes / GB).toFixed(1)} GB`);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  // The first column is words, the others are figures.
  const rule = head.map((_, index) => (index === 0 ? "---" : "---:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

function questions(answers: readonly Answer[]): string {
  const scopes = [...new Set(answers.map(({ scope }) => scope))];
  const head = ["question", "range", "conditions", "server", "floor", "server : floor", "Postgres"];
  return scopes
    .map((scope) => {
      const rows = answers
        .filter((answer) => answer.scope === scope)
        .map(({ question, range, conditions, server, floor, postgres }) => [
          ...[question, range, conditions, timing(server), timing(floor)],
          ...[(server.p50 / floor.p50).toFixed(2), timing(postgres)],
        ]);
      return `### ${scope.charAt(0).toUpperCase()}${scope.slice(1)}\n\n${table(head, rows)}`;
    })
    .join("\n\n");
}

function pages({ pages: opened }: Measured): string {
  const rows = opened.map(({ page, range, firstByte, firstCard, end, floor }) => [
    ...[page, range, timing(firstByte), timing(firstCard), timing(end), timing(floor)],
  ]);
  return table(["page", "range", "first byte", "first card", "whole page", "floor"], rows);
}

function catchUps({ catchUps: measured }: Measured): string {
  const rows = measured.map(({ question, taken, fresh, idle }) => [
    ...[question, timing(taken), timing(fresh), timing(idle)],
  ]);
  return table(["count of", "click acknowledged after", "next answer, holding it", "answer without a new click"], rows);
}

function growth(whole: Measured, tenth: Measured): string {
  const rows = tenth.answers.flatMap((small) => {
    const large = sameAmong(whole.answers, small);
    return large
      ? [[small.question, ms(small.server.p50), ms(large.server.p50), (large.server.p50 / small.server.p50).toFixed(1)]]
      : [];
  });
  return table(["365 days, all links", number(tenth.clicks), number(whole.clicks), "times"], rows);
}

function resources(whole: Measured): string {
  const { clicks, fillMs, memory, mirror, mirrorMemory, postgres } = whole;
  const perClick = (bytes: number) => `${Math.round(bytes / clicks)} B a click`;
  return table(
    ["what", "figure", ""],
    [
      [
        "mirror filled after the server's start",
        `${(fillMs / SECOND).toFixed(1)} s`,
        `${number(Math.round((clicks / fillMs) * SECOND))} clicks/s`,
      ],
      ["mirror on disk", size(mirror), perClick(mirror)],
      ["Postgres: table", size(postgres.table), perClick(postgres.table)],
      ["Postgres: indexes", size(postgres.indexes), perClick(postgres.indexes)],
      ["server memory at the end", size(memory.now), ""],
      ["server memory at most", size(memory.peak), `the mirror may use ${size(mirrorMemory)}`],
    ],
  );
}

/** What was measured, as Markdown. */
export function report(machine: Machine, whole: Measured, tenth: Measured): string {
  const { cpu, cores, memory, system, node, duckdb, postgres } = machine;
  const targets = targetsOf(whole, tenth).map(({ what, limit, found, met }) => [
    what,
    limit,
    found,
    met ? "yes" : "no",
  ]);
  return `# Performance

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${number(whole.clicks)} clicks over a year on 2,000
links, 60 countries with 90 cities each, 300 referers; the busiest link has about 9 % of all clicks. Measured in one run
against a running production server over HTTP, with a session, warm, and never the same range twice, since the server
remembers answers. Milliseconds, p50 / p95.

${cores} cores (${cpu}), ${size(memory)} of memory, ${system}, Node ${node}, DuckDB ${duckdb}, PostgreSQL ${postgres}. Server,
Postgres and the benchmark itself share the machine.

*Floor* is the same statements run straight on DuckDB, one after the other, on a copy of the server's file. *Postgres* is
the same statements run there.

## Aims

${table(["aim", "limit", "found", "met"], targets)}

## Resources

${resources(whole)}

## Pages

${pages(whole)}

## Catching up

Each click is sent to the webhook, and the question is asked as soon as it is acknowledged.

${catchUps(whole)}

## Ten times the clicks

${growth(whole, tenth)}

## Questions

${questions(whole.answers)}
`;
}
