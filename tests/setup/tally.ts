import { readFileSync } from "node:fs";

export type Tally = { passed: number; failed: number };

type VitestReport = { numPassedTests: number; numFailedTests: number };
type PlaywrightReport = { stats: { expected: number; flaky: number; unexpected: number } };

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
