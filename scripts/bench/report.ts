import { type Finding, growths, judge, peakOf, type Results, type Unit } from "@/scripts/bench/aims";
import { number, questions, size, table, timing } from "@/scripts/bench/tables";
import type { Measured } from "./measure-size";
import { READERS } from "./pages";

/** What comes after it in the file is written by hand, and stays. */
const MARKER = "<!-- Written by hand from here; the benchmark keeps it. -->";
const NOTES = "\n\n## Notes\n";

/** What Umami took for the same page on the same kind of machine, measured once. */
const UMAMI = { "30d": 11_500, "365d": 102_000 } as const;
const FULL = 10_000_000;

const PLACES: Partial<Record<Unit, number>> = { "×": 1, "/s": 1, s: 1 };
const value = (found: number, unit: Unit) =>
  `${found.toLocaleString("en-US", { maximumFractionDigits: PLACES[unit] ?? 0 })} ${unit}`;
const ratioOf = (ratio: number | undefined) => (ratio === undefined ? "" : ratio.toFixed(2));

function aims(findings: readonly Finding[], other: string | undefined): string {
  const rows = findings.map(({ what, unit, reach, found, isRate, isMet, ...finding }) => [
    ...[what, value(found, unit), `${isRate ? "at least " : ""}${value(reach, unit)}`],
    ...(other === undefined
      ? []
      : [
          finding.other === undefined ? "" : value(finding.other, unit),
          ratioOf(finding.ratio),
          ratioOf(finding.allowed),
        ]),
    isMet ? "yes" : "no",
  ]);
  const compared = other === undefined ? [] : [other, "ratio", "ratio aimed at"];
  return table(["what", "found", "aim", ...compared, "met"], rows);
}

/** A line on an aim that was missed: by how much. */
function miss({ what, unit, reach, found, ratio, allowed, isRelative, isRate }: Finding): string {
  const [is, limit] = isRelative && ratio && allowed ? [ratio, allowed] : [found, reach];
  const share = Math.round(Math.abs(is / limit - 1) * 100);
  const words = isRelative
    ? `${ratioOf(ratio)} × the other checkout instead of ${ratioOf(allowed)}`
    : `${value(found, unit)} instead of ${value(reach, unit)}`;
  return `- ${what}: ${words}, ${share} % too ${isRate ? "little" : "much"}.`;
}

function misses(findings: readonly Finding[]): string {
  const missed = findings.filter(({ isMet }) => !isMet);
  return missed.length === 0 ? "All aims are met." : `Missed:\n\n${missed.map(miss).join("\n")}`;
}

/** Rows of every subject, with its name in the second column when there are several. */
function perSubject<T>(
  subjects: readonly Measured[],
  of: (measured: Measured) => readonly T[],
  row: (item: T) => string[],
) {
  const [own] = subjects;
  return (own ? of(own) : []).flatMap((_, index) =>
    subjects.flatMap((subject) => {
      const item = of(subject)[index];
      const [first = "", ...rest] = item ? row(item) : [];
      return item ? [[first, ...(subjects.length > 1 ? [subject.name] : []), ...rest]] : [];
    }),
  );
}

const named = (subjects: readonly unknown[], first: string, ...rest: string[]) => [
  ...[first, ...(subjects.length > 1 ? ["of"] : []), ...rest],
];

function pages(subjects: readonly Measured[]): string {
  const rows = perSubject(
    subjects,
    (measured) => measured.pages,
    ({ page, range, firstByte, firstCard, end, bytes }) => [
      ...[`${page}, ${range}`, ...[firstByte, firstCard, end].map(timing), `${Math.round(bytes.p50 / 1e3)} kB`],
    ],
  );
  return table(named(subjects, "page", "first byte", "first card", "whole page", "HTML"), rows);
}

function work(subjects: readonly Results[]): string {
  const rows = subjects.flatMap(({ whole, small }) =>
    [whole, small].flatMap((measured) => {
      const { clicks = 0, name = "", processor } = measured ?? {};
      if (!processor) return [];
      const { range, remembered, fresh } = processor;
      return [[name, number(clicks), range, `${Math.round(remembered)} ms`, `${Math.round(fresh)} ms`]];
    }),
  );
  return table(["server", "clicks", "range", "answers remembered", "not remembered"], rows);
}

function memory(subjects: readonly Measured[]): string {
  const phases = Object.keys(subjects[0]?.memory ?? {});
  const rows = subjects.map((measured) => [
    ...[measured.name, ...phases.map((phase) => size(measured.memory[phase] ?? Number.NaN)), size(peakOf(measured))],
  ]);
  return table(["server", ...phases, "at most"], rows);
}

function resources(subjects: readonly Measured[]): string {
  const rows = subjects.map(({ name, clicks, fillMs, mirror, postgres, readers }) => [
    ...[name, `${(fillMs / 1_000).toFixed(1)} s`, `${number(Math.round((clicks / fillMs) * 1_000))}/s`],
    ...[mirror, postgres.table, postgres.indexes].map((bytes) => `${size(bytes)}, ${Math.round(bytes / clicks)} B`),
    readers === undefined ? "" : `${readers.toFixed(1)}/s`,
  ]);
  const head = ["server", "mirror filled in", "clicks", "mirror, a click", "Postgres: table", "Postgres: indexes"];
  return table([...head, `overviews to ${READERS} readers`], rows);
}

function catchUps(subjects: readonly Measured[]): string {
  const rows = perSubject(
    subjects,
    (measured) => measured.catchUps,
    ({ question, taken, fresh, idle }) => [question, ...[taken, fresh, idle].map(timing)],
  );
  return table(
    named(subjects, "count of", "click acknowledged after", "next answer", "answer without a new click"),
    rows,
  );
}

function growth(results: Results): string {
  const rows = growths(results).map(({ question, conditions, small, large, factor }) => [
    ...[question, conditions, ...[small, large].map((ms) => number(Math.round(ms))), factor.toFixed(1)],
  ]);
  const { whole, tenth } = results;
  return table(["365 days, all links", "conditions", number(tenth?.clicks ?? 0), number(whole.clicks), "times"], rows);
}

function umami({ pages: opened, clicks }: Measured): string {
  const rows = Object.entries(UMAMI).flatMap(([range, taken]) => {
    const found = opened.find((entry) => entry.page === "overview" && entry.range === range)?.end.p50;
    return found
      ? [[range, `${number(Math.round(found))} ms`, `${number(taken)} ms`, `${Math.round(taken / found)} ×`]]
      : [];
  });
  return `Umami's overview at ${number(FULL)} clicks on the same kind of machine was measured earlier, not in this run${clicks === FULL ? "" : `; here there are ${number(clicks)}`}.

${table(["overview", "Footfall", "Umami", "faster"], rows)}`;
}

const section = (title: string, body: string) => `## ${title}\n\n${body}\n`;

/** The report in Markdown. `other`: results of another checkout over the same clicks. */
export function report(own: Results, other?: Results): string {
  const { whole, tenth } = own;
  const { cpu, cores, memory: total, system, node, duckdb, postgres } = whole.machine;
  const subjects = [whole, ...(other ? [other.whole] : [])];
  const findings = judge(own, other);
  const sections = [
    section(
      "Aims",
      `They hold for ten or a hundred million clicks on two cores. ${
        other
          ? "Times differ between machines, so for times the ratio to the other checkout decides where one is aimed at, for sizes the aim itself."
          : "Times differ between machines: without a comparison with another checkout the aims are only a hint."
      }

${aims(findings, other?.whole.name)}

${misses(findings)}`,
    ),
    section("Pages", pages(subjects)),
    section("Processor time of an overview", work([own, ...(other ? [other] : [])])),
    section("Memory of the server at most, by phase", memory(subjects)),
    section("Resources", resources(subjects)),
    section(
      "Catching up",
      `Each click is sent to the webhook, and the question is asked as soon as it is acknowledged.

${catchUps(subjects)}`,
    ),
    ...(tenth ? [section("Ten times the clicks", growth(own))] : []),
    section("Beside Umami", umami(whole)),
    section("Questions", questions(whole.answers, other?.whole)),
  ];
  return `# Performance

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${number(whole.clicks)} clicks over a year on 2,000
links, 60 countries with 90 cities each, 300 referers; the busiest link has about 9 % of all clicks. Measured in one run
against running production servers over HTTP, with a session, warm, and never the same range twice, since the server
remembers answers. Milliseconds, p50 / p95.

${cores} cores (${cpu}), ${size(total)} of memory, ${system}, Node ${node}, DuckDB ${duckdb}, PostgreSQL ${postgres}. Servers,
Postgres and the benchmark itself share the machine.

${sections.join("\n")}`;
}

/** The report, followed by what was written by hand below the marker in the report before. */
export function withNotes(text: string, before: string): string {
  const [, notes = NOTES] = before.split(MARKER, 2);
  return `${text}\n${MARKER}${notes}`;
}
