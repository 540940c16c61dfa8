import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { deleteClicks } from "@/lib/ingest/delete-clicks";
import { Failure } from "./failure";
import { say } from "./steps";

const HELP = `npm run delete-clicks -- [options]

Deletes the clicks that have everything named here, for good. The server may run meanwhile.

  --link ID       on this link
  --ip ADDRESS    from this address
  --before TIME   before this time, such as 2026-01-01 or 2026-01-01T00:00:00Z
  --yes           really do it`;

function readOptions() {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  return parseArgs({ options: { link: text, ip: text, before: text, yes: flag, help: flag } }).values;
}

function readTime(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new Failure(`--before must be a time such as 2026-01-01, not "${text}".`);
  return time;
}

/** The embedded database's address stands in the data directory while it runs. */
function findDatabase(): string {
  const file = join(resolve(process.env.DATA_DIR || ".data"), "postgres.url");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  throw new Failure("There is no running embedded database. Start the server first, or set DATABASE_URL.");
}

async function run(): Promise<void> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const { link, ip, before, yes, help } = readOptions();
  if (help) return say(HELP);
  for (const [name, value] of Object.entries({ link, ip, before })) {
    // A variable of the shell that is not set must not widen what goes.
    if (value === "") throw new Failure(`--${name} is empty. Nothing was deleted.`);
  }
  if (link === undefined && ip === undefined && before === undefined)
    throw new Failure(`Name what to delete.\n\n${HELP}`);
  if (!yes) throw new Failure("This cannot be undone. Add --yes to do it.");
  process.env.DATABASE_URL ||= findDatabase();
  const count = await deleteClicks({
    ...(link !== undefined && { linkId: link }),
    ...(ip !== undefined && { ip }),
    ...(before !== undefined && { before: readTime(before) }),
  });
  say(`Deleted ${count.toLocaleString("en-US")} clicks.`);
}

await run().catch((error: unknown) => {
  const isUsage = error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  console.error(error instanceof Failure ? error.message : isUsage ? `${error.message}\n\n${HELP}` : error);
  process.exitCode = 1;
});
process.exit();
