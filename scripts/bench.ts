import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { report, withNotes } from "@/scripts/bench/report";
import { assertPortFree } from "@/scripts/serve";
import { Failure, runCommand, say, step, wholeNumber } from "@/scripts/steps";
import { exportsReport, measureExports } from "./bench/exports";
import { type Extent, measureSize } from "./bench/measure-size";
import { openSubject } from "./bench/subject";

const FULL = 10_000_000;
/** Few clicks, over which a page's own work is measured. */
const SMALL = 12_000;
const HELP = `npm run bench -- [options]

Measures pages and every question over a made-up year of clicks, on a production server of its own, beside DuckDB and
Postgres asked straight. The full run takes about fifty minutes and 10 GB of disk; with --against 80 minutes and 20 GB.

  --clicks NUMBER       how many clicks (default ${FULL}), and a tenth of them for comparison. More than the default, such as
                        100000000, are always measured with --pages-only; that many take about 95 GB of disk, of which
                        Postgres's table and indexes are 81, and two hours
  --pages-only          leave out the single questions and the tenth: pages, processor time, readers, memory, visitors and
                        catching up, in a few minutes for 1000000 clicks
  --exports             only exports of all clicks: how long each format takes, beside Postgres's own COPY, how much the
                        server's memory grows, and how long another reader waits meanwhile
  --against DIRECTORY   a checkout of another version with its node_modules, which is built if needed, served on its own
                        copy of the clicks, and measured in turn with this one
  --seed NUMBER         the same seed gives the same clicks but for their dates (default 1)
  --port NUMBER         where the server listens meanwhile, and the other on the next (default 3999)
  --dir DIRECTORY       where the data is made, and deleted at the end (default: the system's temporary directory)
  --output FILE         where the report goes; what is below its marker there stays (default: docs/performance.md for the
                        full run with the default number of clicks, else only the screen)`;

const HOUR = 3_600_000;

function readOptions() {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: {
      clicks: { ...text, default: String(FULL) },
      "pages-only": { type: "boolean", default: false },
      exports: { type: "boolean", default: false },
      against: text,
      seed: { ...text, default: "1" },
      port: { ...text, default: "3999" },
      dir: { ...text, default: tmpdir() },
      output: text,
      help: { type: "boolean", default: false },
    },
  });
  const clicks = wholeNumber("clicks", values.clicks, 10_000);
  const isShort = values["pages-only"] || clicks > FULL;
  const extent: Extent = isShort ? "pages" : "all";
  return {
    ...values,
    clicks,
    seed: wholeNumber("seed", values.seed, 1),
    port: wholeNumber("port", values.port, 1),
    checkouts: [process.cwd(), ...(values.against ? [resolve(values.against)] : [])],
    extent,
    hasTenth: !isShort,
    output: values.output ?? (clicks === FULL && !isShort && !values.exports ? "docs/performance.md" : undefined),
  };
}

const stopping = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(name, () => stopping.abort(new Failure(`Stopped by ${name}.`)));

async function bench(): Promise<void> {
  const { clicks, seed, port, dir, output, help, checkouts, extent, hasTenth, exports: onlyExports } = readOptions();
  if (help) return say(HELP);
  const { signal } = stopping;
  for (const index of checkouts.keys()) await assertPortFree(port + index);
  mkdirSync(dir, { recursive: true });
  const home = mkdtempSync(join(dir, "footfall-bench-"));
  const planOf = (of: number) => ({ seed, clicks: of, end: Math.floor(Date.now() / HOUR) * HOUR });
  const measure = (of: number, what: Extent) => measureSize({ home, port, checkouts }, planOf(of), what, signal);
  async function measuredExports(): Promise<string> {
    const plan = planOf(clicks);
    const subject = await openSubject(process.cwd(), home, port, plan, signal);
    try {
      return exportsReport(clicks, await step("Exports", () => measureExports(subject, plan.end)));
    } finally {
      await subject.stop();
    }
  }
  try {
    if (onlyExports) {
      const text = await measuredExports();
      say(`\n${text}`);
      if (output) writeFileSync(output, text);
      return;
    }
    // The largest first: what is compared with its floor reads the settings of its database once.
    const whole = await measure(clicks, extent);
    const tenth = hasTenth ? await measure(Math.round(clicks / 10), "questions") : [];
    const small = await measure(SMALL, "processor");
    const [own, other] = whole.map((found, index) => ({ whole: found, tenth: tenth[index], small: small[index] }));
    if (!own) throw new RangeError("there is no checkout");
    const text = report(own, other);
    say(`\n${text}`);
    if (!output) return;
    writeFileSync(output, withNotes(text, existsSync(output) ? readFileSync(output, "utf8") : ""));
    say(`Written to ${output}.`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

await runCommand(bench, HELP);
