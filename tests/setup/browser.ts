import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Failure } from "@/scripts/steps";
import { run } from "../../scripts/run";

// The headless shell takes a fifth less time, but its tabs in the background never end loading.
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chromium-headless-shell"];
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
const DOWNLOAD_LIMIT_MS = 5 * 60_000;
const VERSION_LIMIT_MS = 20_000;

/** Whether a browser is there with every library that it needs. */
const works = (path: string) => spawnSync(path, ["--version"], { timeout: VERSION_LIMIT_MS }).status === 0;

/** Playwright wants a path, not a name. */
function installed(): string | undefined {
  const directories = (process.env.PATH ?? "").split(delimiter);
  const paths = NAMES.flatMap((name) => directories.map((directory) => join(directory, name)));
  return [...paths, MAC].find((path) => existsSync(path) && works(path));
}

async function playwrightsOwn(): Promise<string | undefined> {
  const { chromium } = await import("@playwright/test");
  const path = chromium.executablePath();
  return existsSync(path) && works(path) ? path : undefined;
}

/** @returns whether the command succeeded in time */
async function attempt(command: string, ...args: string[]): Promise<boolean> {
  try {
    const { code } = await run(command, args, { signal: AbortSignal.timeout(DOWNLOAD_LIMIT_MS) });
    return code === 0;
  } catch {
    return false;
  }
}

/**
 * The browser for the end-to-end tests: CHROMIUM_PATH, one that is installed, else Playwright's own download, else, as
 * root on Debian and its kin, the distribution's package.
 *
 * @returns path of the program
 * @throws Failure when there is none to be had
 */
export async function findBrowser(): Promise<string> {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) {
    if (works(CHROMIUM_PATH)) return CHROMIUM_PATH;
    throw new Failure(`CHROMIUM_PATH is ${CHROMIUM_PATH}, which does not run. Correct it, or unset it.`);
  }
  const present = installed() ?? (await playwrightsOwn());
  if (present) return present;
  await attempt(process.execPath, "node_modules/@playwright/test/cli.js", "install", "chromium");
  const downloaded = await playwrightsOwn();
  if (downloaded) return downloaded;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    await attempt("apt-get", "update");
    await attempt("apt-get", "install", "-y", "--no-install-recommends", "chromium");
    const packaged = installed();
    if (packaged) return packaged;
  }
  throw new Failure("No Chromium was found or could be installed. Install one and set CHROMIUM_PATH to its program.");
}
