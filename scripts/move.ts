import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { connect } from "@/scripts/connect";
import { findDatabase } from "@/scripts/database-url";
import { compareAll, forget, move } from "@/scripts/move/move";
import { embeddedUrl } from "@/scripts/move/place";
import { Failure, runCommand, say } from "@/scripts/steps";

const HELP = `npm run move -- --to URL [--dry-run | --verify]
npm run move -- --forget URL

Moves everything to another Postgres, or to a Citus cluster, while the server runs. Deliveries are accepted all the
time. Broken off at any moment, the same command goes on where it was. URL is
postgresql://user:password@host:5432/database, the word embedded for the database in DATA_DIR, or @FILE for a file that has
the URL: other users of this host see the arguments of a command.

  --to URL        where to
  --dry-run       says what would happen, and changes nothing
  --verify        compares both databases, and changes nothing
  --forget URL    empties the old copy that a move has left there, which is read-only until then, or the unfinished
                  copy of a move that you give up`;

function readOptions() {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  return parseArgs({ options: { to: text, "dry-run": flag, verify: flag, forget: text, help: flag } }).values;
}

function readText(option: string, file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new Failure(`${option}: the file ${file} can’t be read.`, { cause: error });
  }
}

/** The URL that an option names. */
function urlOf(option: string, named: string, dataDir: string): string {
  const text = named.startsWith("@") ? readText(option, named.slice(1)) : named;
  if (text === "embedded") {
    const url = embeddedUrl(dataDir);
    if (url) return url;
    throw new Failure("The embedded database isn’t running. It does while Footfall runs, until it is forgotten.");
  }
  const isUrl = URL.canParse(text) && /^postgres(ql)?:\/\/[^/]+\/./.test(text);
  if (isUrl) return text;
  throw new Failure(`${option} must look like postgresql://user:password@host:5432/database, or be the word embedded.`);
}

/** Opens a connection to what an option names. Messages about it name the option. */
async function open(url: string, option: string) {
  return connect(url).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.message.replaceAll("DATABASE_URL", option), { cause: error });
  });
}

async function run(): Promise<void> {
  const { to, verify, forget: old, help, "dry-run": isDryRun } = readOptions();
  if (help) return say(HELP);
  if (to !== undefined && old !== undefined) throw new Failure("Use either --to or --forget.");
  if (isDryRun && verify) throw new Failure("Use either --dry-run or --verify.");
  const text = to ?? old;
  if (text === undefined) throw new Failure(`Say where to.\n\n${HELP}`);
  if (existsSync(".env")) process.loadEnvFile(".env");
  const isSet = Boolean(process.env.DATABASE_URL);
  const dataDir = await findDatabase();
  const option = to === undefined ? "--forget" : "--to";
  const target = urlOf(option, text, dataDir);
  await (await open(target, option)).end();
  const plan = {
    source: process.env.DATABASE_URL ?? "",
    target,
    key: process.env.SECRET_KEY ?? "",
    dataDir,
    isEmbedded: target === embeddedUrl(dataDir),
    hasSetting: isSet,
  };
  if (old !== undefined) return forget(plan);
  if (!verify) return move(plan, isDryRun);
  if (!(await compareAll(plan))) throw new Failure("The two databases differ.");
}

await runCommand(run, HELP);
