import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { generate } from "@/scripts/generate";
import { isEntry, run } from "@/scripts/run";
import { Failure } from "@/scripts/steps";

const compress = promisify(brotliCompress);

/** Text only: fonts are compressed already. */
const COMPRESSIBLE = /\.(js|css|svg|json)$/;

/** Makes a Brotli copy, as small as can be, beside every file below a directory that gets smaller by it. */
export async function compressAssets(directory: string): Promise<void> {
  const names = readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((name) => COMPRESSIBLE.test(name));
  const copies = names.map(async (name) => {
    const file = join(directory, name);
    const content = readFileSync(file);
    const small = await compress(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.byteLength,
      },
    });
    if (small.byteLength < content.byteLength) writeFileSync(`${file}.br`, small);
  });
  await Promise.all(copies);
}

/** Written last, so that an interrupted build does not count; dated when the build began. */
const STAMP = ".next/footfall-build";

const SOURCES = [
  ...["app", "components", "lib", "prisma", "public"],
  ...["next.config.ts", "postcss.config.mjs", "proxy.ts", "package.json", "package-lock.json", "tsconfig.json"],
];
const GENERATED = new Set(["lib/generated", "public/flags", "public/icons"]);

/** The latest change below a path, in milliseconds. A directory's own time tells of what was deleted from it. */
function latestChange(path: string): number {
  if (GENERATED.has(path)) return 0;
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => latestChange(join(path, name))));
}

/** Whether there is a finished production build of this directory that is newer than every source. */
export function isBuilt(): boolean {
  const stamp = statSync(STAMP, { throwIfNoEntry: false });
  if (!stamp || readFileSync(STAMP, "utf8") !== process.cwd()) return false;
  return Math.max(...SOURCES.map(latestChange)) < stamp.mtimeMs;
}

/**
 * Makes the production build, whatever NODE_ENV says.
 *
 * @throws Failure with the compiler's output when it does not succeed
 */
export async function build(signal?: AbortSignal): Promise<void> {
  rmSync(STAMP, { force: true });
  await generate(signal);
  const begun = new Date();
  const { code, output } = await run(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    signal,
  });
  if (code !== 0) throw new Failure(`The production build failed:\n${output.trim()}`);
  await compressAssets(".next/static");
  writeFileSync(STAMP, process.cwd());
  utimesSync(STAMP, begun, begun);
}

if (isEntry(import.meta.url)) {
  await build().catch((error: unknown) => {
    console.log(error instanceof Failure ? error.message : error);
    process.exitCode = 1;
  });
}
