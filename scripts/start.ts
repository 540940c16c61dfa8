import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { type Env, EnvError, readEnv } from "@/lib/base/env";
import { build, isBuilt } from "@/scripts/build";
import { generate, isGenerated, making } from "@/scripts/generate";
import { assertPortFree, ensureAccount, serve } from "@/scripts/serve";
import { Failure, say, step } from "@/scripts/steps";
import { hasSettingsSecret, summary } from "@/scripts/summary";
import { closeDataDir, lockDataDir, openDataDir, readSecretKey } from "./data-dir";
import { migrate } from "./migrate";
import { assertInUse, embeddedUrl, follow, placeOf, readPlace, writePlace } from "./move/place";
import { startPostgres } from "./postgres/embedded";
import { openServerKey } from "./server-key";

function readSettings(): Env {
  if (existsSync(".env")) process.loadEnvFile(".env");
  try {
    return readEnv(process.env);
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    throw new Failure(`Invalid settings:\n${error.message.replaceAll(/^/gm, "  ")}`, { cause: error });
  }
}

/** Cleanup functions, run in reverse order. */
const undo: (() => Promise<void>)[] = [];

/** @returns its URL; null when it doesn't start and isn't needed */
async function openEmbedded(dataDir: string, signal: AbortSignal, isNeeded: boolean): Promise<string | null> {
  try {
    const postgres = await step("PostgreSQL", () => startPostgres(dataDir, say, signal));
    undo.push(() => step("PostgreSQL stopped", postgres.stop));
    return postgres.url;
  } catch (error) {
    if (isNeeded || signal.aborted) throw error;
    say(`Warning: the old copy of the database doesn’t start: ${String(error)}`);
    return null;
  }
}

async function openDatabase({ DATABASE_URL, DATA_DIR, SECRET_KEY }: Env, signal: AbortSignal): Promise<string> {
  const key = SECRET_KEY ?? readSecretKey(DATA_DIR);
  if (DATABASE_URL) {
    const url = await step("Database", () => follow(DATABASE_URL, key, null));
    if (url !== DATABASE_URL)
      say(`Warning: this installation was moved. Set DATABASE_URL to the database at ${placeOf(url)}.`);
    await assertInUse(url);
    return url;
  }
  const place = readPlace(DATA_DIR);
  // After a move the old copy runs, too, so that there is a way back.
  const isKept = place === null || embeddedUrl(DATA_DIR) !== null;
  const embedded = isKept ? await openEmbedded(DATA_DIR, signal, place === null) : null;
  const begun = place ?? embedded;
  if (begun === null) throw new Failure("There is no database.");
  const url = await step("Database", () => follow(begun, key, embedded));
  if (url !== begun) writePlace(DATA_DIR, url === embedded ? null : url);
  await assertInUse(url);
  return url;
}

/** `npm run dev`: pages and routes are compiled on demand. */
const isDevelopment = process.argv.includes("--dev");

/** Makes what is missing of the build. Of servers that start from one checkout at once, one does and the others wait. */
async function makeFiles(signal: AbortSignal): Promise<void> {
  const needsBuild = () => !isDevelopment && !isBuilt();
  if (!needsBuild() && isGenerated()) return;
  const make = async () => {
    if (needsBuild()) await step("Production build (once per version)", () => build(signal));
    else if (!isGenerated()) await step("Generated files", () => generate(signal));
  };
  await making(make, signal);
}

async function start(signal: AbortSignal) {
  const begun = performance.now();
  const settings = readSettings();
  await assertPortFree(settings.PORT);
  openDataDir(settings.DATA_DIR);
  await lockDataDir(settings.DATA_DIR);
  const open = closeDataDir(settings.DATA_DIR);
  if (open.length > 0) say(`Warning: other users on this host can read ${open[0]}. Change its permissions.`);
  process.env.DATA_DIR = settings.DATA_DIR;

  const url = await openDatabase(settings, signal);
  process.env.DATABASE_URL = url;
  await step("Migrations", () => migrate(url));
  process.env.SECRET_KEY = await openServerKey(url, settings.DATA_DIR, settings.SECRET_KEY);
  await makeFiles(signal);
  const hasOwner = await step("Owner account", () => ensureAccount(signal));
  signal.throwIfAborted();

  // Files that the server creates are readable by the owner only.
  process.umask(0o077);
  const token = hasOwner ? undefined : (settings.SETUP_TOKEN ?? randomBytes(18).toString("base64url"));
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: isDevelopment ? "development" : "production",
    ...(token && { SETUP_TOKEN: token }),
  };
  const server = await step("Server", () => serve(settings.PORT, environment, signal));
  undo.push(() => step("Server stopped", server.stop));
  const hasSecret = settings.DUB_WEBHOOK_SECRET.length > 0 || (await hasSettingsSecret(url));
  say(summary(settings, hasSecret, token, (performance.now() - begun) / 1000));
  return server;
}

const PARENT_CHECK_MS = 1_000;
const stopping = new AbortController();
function stop(reason: string): void {
  if (stopping.signal.aborted) return;
  say(`\nStopping: ${reason}`);
  stopping.abort(new Failure(`Stopped by ${reason}.`));
}
const stopped = new Promise<void>((resolve) => stopping.signal.addEventListener("abort", () => resolve()));
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  // Repeats are ignored: npm forwards a signal that the terminal has already sent.
  process.on(name, () => stop(name));
}
// npm does not forward every signal, and may be killed: stop when it is gone.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) {
  setInterval(() => process.ppid !== parent && stop("the end of npm"), PARENT_CHECK_MS).unref();
}

try {
  const { failed } = await start(stopping.signal);
  await Promise.race([failed, stopped]);
} catch (error) {
  if (!stopping.signal.aborted) {
    process.exitCode = 1;
    say(error instanceof Failure ? `\n${error.message}` : `\nStart failed: ${String(error)}`);
    if (!(error instanceof Failure)) console.error(error);
  }
}
for (const end of undo.reverse()) await end();
process.exit();
