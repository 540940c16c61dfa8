import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { report } from "@/scripts/bench/report";
import { build, isBuilt } from "@/scripts/build";
import { assertPortFree, ensureAccount } from "@/scripts/serve";
import { Failure, runCommand, say, step, wholeNumber } from "@/scripts/steps";
import { describeMachine } from "./bench/machine";
import { withConnection } from "./connect";
import { migrate } from "./migrate";
import { type EmbeddedPostgres, startPostgres } from "./postgres/embedded";

const FULL = 10_000_000;
const HELP = `npm run bench -- [options]

Measures every question over a made-up year of clicks, on a production server of its own, beside DuckDB and Postgres
asked straight. The full run takes about forty minutes and 10 GB of disk; --clicks 1000000 is a quick one.

  --clicks NUMBER   how many clicks, and a tenth of them for comparison (default ${FULL})
  --seed NUMBER     the same seed gives the same clicks but for their dates (default 1)
  --port NUMBER     where the server listens meanwhile (default 3999)
  --dir DIRECTORY   where the data is made, and deleted at the end (default: the system's temporary directory)
  --output FILE     where the report goes (default: docs/performance.md for the full number of clicks, else only the
                    screen)`;

const HOUR = 3_600_000;
const OWNER = { email: "bench@example.com", password: "only for the benchmark" };

function readOptions() {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: {
      clicks: { ...text, default: String(FULL) },
      seed: { ...text, default: "1" },
      port: { ...text, default: "3999" },
      dir: { ...text, default: tmpdir() },
      output: text,
      help: { type: "boolean", default: false },
    },
  });
  const clicks = wholeNumber("clicks", values.clicks, 10_000);
  return {
    ...values,
    clicks,
    seed: wholeNumber("seed", values.seed, 1),
    port: wholeNumber("port", values.port, 1),
    output: values.output ?? (clicks === FULL ? "docs/performance.md" : undefined),
  };
}

const stopping = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(name, () => stopping.abort(new Failure(`Stopped by ${name}.`)));

/** Sets the server's settings in this process too, because it builds the same statements. */
async function prepare({ url, adminUrl }: EmbeddedPostgres): Promise<void> {
  Object.assign(process.env, {
    DATABASE_URL: url,
    SECRET_KEY: "a secret key that only the benchmark uses",
    DUB_WEBHOOK_SECRET: "whsec_that_only_the_benchmark_uses",
    ADMIN_EMAIL: OWNER.email,
    ADMIN_PASSWORD: OWNER.password,
    PUBLIC_URL: "",
    ANALYTICS_ENGINE: "mirror",
    MIRROR_MEMORY: "",
    LOG_LEVEL: "error",
  });
  await migrate(url);
  await ensureAccount(stopping.signal);
  // Filling the tables ends with a checkpoint, which the role of the server may not do by itself.
  await withConnection(adminUrl, (client) => client.query(`grant pg_checkpoint to ${new URL(url).username}`));
}

async function bench(): Promise<void> {
  const { clicks, seed, port, dir, output, help } = readOptions();
  if (help) return say(HELP);
  const { signal } = stopping;
  await assertPortFree(port);
  if (!isBuilt()) await step("Production build", () => build(signal));
  mkdirSync(dir, { recursive: true });
  const home = mkdtempSync(join(dir, "footfall-bench-"));
  const postgres = await step("PostgreSQL", () => startPostgres(home, say, signal));
  try {
    await step("Migrations and account", () => prepare(postgres));
    // Imported late: its modules read the settings when they load.
    const { measureSize } = await import("./bench/measure-size");
    const measure = (of: number, isReference: boolean) => {
      const plan = { seed, clicks: of, end: Math.floor(Date.now() / HOUR) * HOUR };
      return measureSize({ home, port, owner: OWNER }, plan, isReference, signal);
    };
    const tenth = await measure(Math.round(clicks / 10), true);
    const all = await measure(clicks, false);
    const text = report(await describeMachine(postgres.url), all, tenth);
    say(`\n${text}`);
    if (output) writeFileSync(output, text);
    if (output) say(`Written to ${output}.`);
  } finally {
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

await runCommand(bench, HELP);
