import { cpSync, statSync } from "node:fs";
import { writeIcons } from "./icons";
import { isEntry, run } from "./run";

const CLIENT = "lib/generated/prisma/client.ts";
const FLAGS = "public/flags";
const ICONS = "public/icons";

const age = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Whether what `generate` makes is there and newer than the schema and the packages it is made from. */
export function isGenerated(): boolean {
  return (
    age(FLAGS) > 0 &&
    age(ICONS) > age("lib/base/icons.ts") &&
    age(CLIENT) > Math.max(age("prisma/schema.prisma"), age("package-lock.json"))
  );
}

/**
 * Makes what the sources need but git does not keep: the Prisma client, the flags and the icons. Prisma's CLI would fetch a schema
 * engine first; the client generator does not use one, so any existing program may stand in for it.
 *
 * @throws Error with Prisma's own output when the schema does not generate
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
  writeIcons(ICONS);
}

if (isEntry(import.meta.url)) await generate();
