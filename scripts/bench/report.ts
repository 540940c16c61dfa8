import type { Machine } from "@/scripts/bench/machine";
import type { Answer, Timing } from "@/scripts/bench/measure";
import type { Measured } from "@/scripts/bench/measure-size";

const FLOOR_FACTOR = 1.3;
const FLOOR_EXTRA_MS = 10;
const PAGES = [
  { page: "overview", range: "30d", limit: 400 },
  { page: "overview", range: "365d", limit: 1_600 },
  { page: "middling link", range: "365d", limit: 250 },
  { page: "busiest link", range: "365d", limit: 700 },
] as const;
/** Time limit of the first card, as a share of the page's limit. */
const FIRST_CARD = 1 / 5;
const CATCH_UP_MS = 100;
const MEMORY = 1e9;
const GROWTH = 10;

const GB = 1e9;
const MB = 1e6;
const SECOND = 1_000;

const milliseconds = (value: number) => `${Math.round(value)} ms`;

/** A row of the table of aims, which hold for ten million clicks on two cores. */
const aim = (what: string, limit: string, found: string, isMet: boolean) => [what, limit, found, isMet ? "yes" : "no"];
const below = (what: string, found: number, limit: number) =>
  aim(what, milliseconds(limit), milliseconds(found), found <= limit);

/** Milliseconds above the limit of a question. */
const excess = ({ server, floor }: Answer): number => server.p50 - (floor.p50 * FLOOR_FACTOR + FLOOR_EXTRA_MS);

function questionsAim(answers: readonly Answer[]) {
  const late = answers.filter((answer) => excess(answer) > 0).sort((a, b) => excess(b) - excess(a));
  const [worst] = late;
  const name = worst && [worst.question, worst.scope, worst.range, worst.conditions].join(", ");
  const above = worst && `; the worst is ${milliseconds(excess(worst))} above (${name})`;
  return aim(
    `every question's p50, of ${answers.length}`,
    `${FLOOR_FACTOR} × floor + ${FLOOR_EXTRA_MS} ms`,
    `${answers.length - late.length} met${above ?? ""}`,
    late.length === 0,
  );
}

/** Questions measured over both sets of clicks: milliseconds of each, and their ratio. */
const growths = (whole: Measured, tenth: Measured) =>
  tenth.answers.flatMap(({ question, range, scope, conditions, server: { p50: small } }) => {
    const same = { question, range, scope, conditions };
    const names = Object.keys(same) as (keyof typeof same)[];
    const large = whole.answers.find((answer) => names.every((name) => answer[name] === same[name]))?.server.p50;
    return large === undefined ? [] : { question, small, large, factor: large / small };
  });

function aims(whole: Measured, tenth: Measured): string[][] {
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
  const { peak } = whole.memory;
  const [worst] = growths(whole, tenth).sort((a, b) => b.factor - a.factor);
  const most = worst ? `${worst.factor.toFixed(1)} × at most (${worst.question})` : "not measured";
  return [
    questionsAim(whole.answers),
    ...pages,
    ...catchUps,
    aim("server memory", `${MEMORY / MB} MB`, `${Math.round(peak / MB)} MB`, peak < MEMORY),
    aim(
      "ten times the clicks, all links over 365 days",
      `${GROWTH} × the time`,
      most,
      worst !== undefined && worst.factor <= GROWTH,
    ),
  ];
}

const number = (value: number) => value.toLocaleString("en-US");
const ms = (value: number) => (value < 100 ? value.toFixed(1) : number(Math.round(value)));
const timing = ({ p50, p95 }: Timing) => `${ms(p50)} / ${ms(p95)}`;
const size = (bytes: number) => (bytes < GB ? `${Math.round(bytes / MB)} MB` : `${(bytes / GB).toFixed(1)} GB`);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  // The first column is text, the others are numbers.
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
    ...[page, range, ...[firstByte, firstCard, end, floor].map(timing)],
  ]);
  return table(["page", "range", "first byte", "first card", "whole page", "floor"], rows);
}

function catchUps({ catchUps: measured }: Measured): string {
  const rows = measured.map(({ question, taken, fresh, idle }) => [question, ...[taken, fresh, idle].map(timing)]);
  return table(["count of", "click acknowledged after", "next answer, holding it", "answer without a new click"], rows);
}

function growth(whole: Measured, tenth: Measured): string {
  const rows = growths(whole, tenth).map(({ question, small, large, factor }) => [
    ...[question, ms(small), ms(large), factor.toFixed(1)],
  ]);
  return table(["365 days, all links", number(tenth.clicks), number(whole.clicks), "times"], rows);
}

function resources(whole: Measured): string {
  const { clicks, fillMs, memory, mirror, mirrorMemory, postgres } = whole;
  const perClick = (bytes: number) => `${Math.round(bytes / clicks)} B a click`;
  const speed = `${number(Math.round((clicks / fillMs) * SECOND))} clicks/s`;
  const rows = [
    ["mirror filled after the server's start", `${(fillMs / SECOND).toFixed(1)} s`, speed],
    ["mirror on disk", size(mirror), perClick(mirror)],
    ["Postgres: table", size(postgres.table), perClick(postgres.table)],
    ["Postgres: indexes", size(postgres.indexes), perClick(postgres.indexes)],
    ["server memory at the end", size(memory.now), ""],
    ["server memory at most", size(memory.peak), `the mirror may use ${size(mirrorMemory)}`],
  ];
  return table(["what", "figure", ""], rows);
}

/** The report in Markdown. */
export function report(machine: Machine, whole: Measured, tenth: Measured): string {
  const { cpu, cores, memory, system, node, duckdb, postgres } = machine;
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

${table(["aim", "limit", "found", "met"], aims(whole, tenth))}

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
