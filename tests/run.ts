import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "@/scripts/build";
import { generate } from "@/scripts/generate";
import { Failure, say, step } from "@/scripts/steps";
import { run } from "../scripts/run";
import { findBrowser } from "./setup/browser";
import { flakyTitles, playwrightTally, type Tally, vitestTally } from "./setup/tally";

const BIOME = "node_modules/@biomejs/biome/bin/biome";
const DEPCRUISE = "node_modules/dependency-cruiser/bin/dependency-cruise.mjs";
const NEXT = "node_modules/next/dist/bin/next";
const TSC = "node_modules/typescript/bin/tsc";
const VITEST = "node_modules/vitest/vitest.mjs";
const PLAYWRIGHT = "node_modules/@playwright/test/cli.js";

const reports = mkdtempSync(join(tmpdir(), "footfall-reports-"));
const total: Tally = { passed: 0, failed: 0 };
const stopping = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const)
  process.on(name, () => stopping.abort(new Failure(`Stopped by ${name}.`)));

function add({ passed, failed }: Tally): void {
  total.passed += passed;
  total.failed += failed;
}

/** Runs one of the installed tools. @throws Failure with all it printed when it fails */
async function tool(environment: Record<string, string>, ...args: string[]): Promise<void> {
  // What a failed tool printed is shown later, when it no longer knows that there is a terminal.
  const env = { ...process.env, NO_COLOR: "1", NEXT_TELEMETRY_DISABLED: "1", ...environment } as NodeJS.ProcessEnv;
  const { code, output } = await run(process.execPath, args, { env, signal: stopping.signal });
  if (code !== 0) throw new Failure(output.trim());
}

/** Does one part of the run and goes on after a failure. @returns whether it succeeded */
async function part(title: string, work: () => Promise<void>, tally?: (succeeded: boolean) => Tally): Promise<boolean> {
  let succeeded = true;
  try {
    await step(title, work);
  } catch (error) {
    if (stopping.signal.aborted) throw error;
    succeeded = false;
    say(error instanceof Failure ? error.message : String(error));
  }
  add(tally?.(succeeded) ?? { passed: Number(succeeded), failed: Number(!succeeded) });
  return succeeded;
}

async function vitest(title: string, ...projects: string[]): Promise<void> {
  const report = join(reports, `${projects.join("-")}.json`);
  const work = () =>
    tool(
      { NODE_ENV: "test" },
      ...[VITEST, "run", "--passWithNoTests", "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`],
      ...projects.map((name) => `--project=${name}`),
    );
  await part(title, work, (succeeded) => vitestTally(report, succeeded));
}

async function browserTests(): Promise<void> {
  const report = join(reports, "e2e.json");
  let browser = "";
  const found = await part(
    "Browser for the end-to-end tests",
    async () => {
      browser = await findBrowser();
    },
    (succeeded) => ({ passed: 0, failed: Number(!succeeded) }),
  );
  if (!found) return;
  const environment = { CHROMIUM_PATH: browser, E2E_REPORT: report };
  const isDone = await part(
    "End-to-end tests",
    () => tool(environment, PLAYWRIGHT, "test", "--pass-with-no-tests"),
    (succeeded) => playwrightTally(report, succeeded),
  );
  if (isDone) for (const title of flakyTitles(report)) say(`  passed only at the second attempt: ${title}`);
}

/** In this order, since both write to the same directory. @returns whether there is a build */
async function typesAndBuild(): Promise<boolean> {
  await part("Types", async () => {
    await tool({}, NEXT, "typegen");
    await tool({}, TSC, "--noEmit");
  });
  return part("Production build", () => build(stopping.signal));
}

async function lintAndLayers(): Promise<void> {
  await part("Lint", () => tool({}, BIOME, "check", "--error-on-warnings", "."));
  await part("Layers", () => tool({}, DEPCRUISE, "app", "components", "lib", "scripts", "*.ts"));
}

async function everything(): Promise<void> {
  const missing = [BIOME, DEPCRUISE, VITEST, PLAYWRIGHT].filter((path) => !existsSync(path));
  if (missing.length > 0) throw new Failure("The test tools are not installed. Run: npm ci --include=dev");
  await step("Generated files", () => generate(stopping.signal));
  const [isBuilt] = await Promise.all([typesAndBuild(), lintAndLayers()]);
  await vitest("Unit, database and API tests", "unit", "db");
  if (!isBuilt) return;
  // Both mostly wait: for servers that start, and for what they do after a fault. Beside the browsers it would be in vain.
  await Promise.all([vitest("Lifecycle tests", "lifecycle"), vitest("Fault tests", "faults")]);
  await browserTests();
}

try {
  await everything();
} catch (error) {
  total.failed++;
  say(error instanceof Failure ? error.message : String(error));
} finally {
  rmSync(reports, { recursive: true });
}
if (!process.env.CITUS_URL) say("Not run: the tests that need a Citus cluster (CITUS_URL, see docs/cluster.md)");
say(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);
