import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";

/**
 * Makes what the sources need but git does not keep: the Prisma client and the flags. Prisma's CLI would fetch a schema
 * engine first; the client generator does not use one, so any existing program may stand in for it.
 *
 * @throws Error with Prisma's own output when the schema does not generate
 */
export function generate(): void {
  const result = spawnSync(process.execPath, ["node_modules/prisma/build/index.js", "generate"], {
    encoding: "utf8",
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
  });
  if (result.status !== 0) throw new Error(`prisma generate failed:\n${result.stdout}${result.stderr}`);
  cpSync("node_modules/country-flag-icons/3x2", "public/flags", {
    recursive: true,
    filter: (path) => !path.includes(".") || path.endsWith(".svg"),
  });
}

if (import.meta.url === `file://${process.argv[1]}`) generate();
