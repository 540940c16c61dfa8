import { readFileSync } from "node:fs";

export type Tally = { passed: number; failed: number };

type VitestReport = { numPassedTests: number; numFailedTests: number };
type Suite = { suites?: Suite[]; specs?: { title: string; tests: { projectName: string; status: string }[] }[] };
type PlaywrightReport = Suite & { stats: { expected: number; flaky: number; unexpected: number } };

/** A runner that failed without naming a failed test still failed: a file that does not load, an error between tests. */
function settle({ passed, failed }: Tally, succeeded: boolean): Tally {
  return { passed, failed: succeeded ? failed : Math.max(failed, 1) };
}

function read<Report>(file: string, count: (report: Report) => Tally): Tally {
  try {
    return count(JSON.parse(readFileSync(file, "utf8")) as Report);
  } catch {
    return { passed: 0, failed: 0 };
  }
}

/** Counts of a Vitest run from its JSON report. */
export function vitestTally(file: string, succeeded: boolean): Tally {
  const count = (report: VitestReport) => ({ passed: report.numPassedTests, failed: report.numFailedTests });
  return settle(read(file, count), succeeded);
}

/** Counts of a Playwright run from its JSON report. */
export function playwrightTally(file: string, succeeded: boolean): Tally {
  const count = ({ stats }: PlaywrightReport) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
  });
  return settle(read(file, count), succeeded);
}

/** What passed only at the second attempt, which somebody should look at: `spec: title`, in the order of the report. */
export function flakyTitles(file: string): string[] {
  const inside = ({ suites = [], specs = [] }: Suite): string[] => [
    ...specs.flatMap(({ title, tests }) =>
      tests.filter(({ status }) => status === "flaky").map(({ projectName }) => `${projectName}: ${title}`),
    ),
    ...suites.flatMap(inside),
  ];
  return inside(JSON.parse(readFileSync(file, "utf8")) as PlaywrightReport);
}
