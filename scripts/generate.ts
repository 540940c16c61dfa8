import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ICON_NAMES } from "@/lib/base/icons";
import { isEntry, run } from "@/scripts/run";
import { alone } from "@/scripts/socket-lock";
import { say } from "@/scripts/steps";

const COLLECTION = "node_modules/@iconify-json/logos/icons.json";

/** Colour of icons that are entirely black, visible in both themes. */
const COLOR = "#808a85";
const FILL = /\s*fill="([^"]+)"/g;
const BLACK = /^#0\p{Hex}0\p{Hex}0\p{Hex}$/u;

const seen = (body: string): string =>
  [...body.matchAll(FILL)].every(([, color = ""]) => BLACK.test(color)) ? body.replace(FILL, "") : body;

type Collection = {
  width?: number;
  height?: number;
  icons: Record<string, { body: string; width?: number; height?: number }>;
};

/** Writes the icons in use as files. */
export function writeIcons(directory: string): void {
  const { icons, width: usual = 16, height: high = usual } = JSON.parse(readFileSync(COLLECTION, "utf8")) as Collection;
  mkdirSync(directory, { recursive: true });
  for (const name of ICON_NAMES) {
    const icon = icons[name];
    if (!icon) throw new Error(`there is no picture “${name}” in ${COLLECTION}`);
    const { body, width = usual, height = high } = icon;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" fill="${COLOR}">${seen(body)}</svg>`;
    writeFileSync(join(directory, `${name}.svg`), svg);
  }
}

const CLIENT = "lib/generated/prisma/client.ts";
const FLAGS = "public/flags";
const ICON_FILES = "public/icons";

const age = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Whether the output of `generate` exists and is newer than its sources. */
export function isGenerated(): boolean {
  return (
    age(FLAGS) > 0 &&
    age(ICON_FILES) > age("lib/base/icons.ts") &&
    age(CLIENT) > Math.max(age("prisma/schema.prisma"), age("package-lock.json"))
  );
}

/**
 * Generates the Prisma client, flags and icons, which git ignores. Prisma's CLI would download a schema engine, which the
 * client generator does not use; the path of any existing program prevents that.
 *
 * @throws Error with Prisma's output when it fails
 */
export async function generate(signal?: AbortSignal): Promise<void> {
  const { code, output } = await run(process.execPath, ["node_modules/prisma/build/index.js", "generate"], {
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    },
    signal,
  });
  if (code !== 0) throw new Error(`prisma generate failed:\n${output}`);
  cpSync("node_modules/country-flag-icons/3x2", FLAGS, {
    recursive: true,
    filter: (path) => !path.includes(".") || path.endsWith(".svg"),
  });
  writeIcons(ICON_FILES);
}

/** What else may write the same files waits for the end of `work`, and the other way round. */
export async function making<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const directory = "lib/generated";
  mkdirSync(directory, { recursive: true });
  const onWait = () => say("Another process is making the files of this checkout; waiting for it.");
  return alone(directory, "build", work, { signal, onWait });
}

if (isEntry(import.meta.url)) await making(() => generate());
