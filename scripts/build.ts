import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { generate, making } from "@/scripts/generate";
import { isEntry, run } from "@/scripts/run";
import { Failure } from "@/scripts/steps";

const compress = promisify(brotliCompress);

/** Text formats; fonts are already compressed. */
const COMPRESSIBLE = /\.(js|css|svg|json)$/;

/** Writes a Brotli copy (best compression) beside every file in a directory tree that becomes smaller. */
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

/** Written last, so that an interrupted build is repeated; its time is the start of the build. */
const STAMP = ".next/footfall-build";

const SOURCES = [
  ...["app", "components", "lib", "prisma", "public"],
  ...["next.config.ts", "postcss.config.mjs", "proxy.ts", "package.json", "package-lock.json", "tsconfig.json"],
];
const GENERATED = new Set(["lib/generated", "public/flags", "public/icons"]);

/** Latest modification below a path in milliseconds, including directories', which change when a file is deleted. */
function latestChange(path: string): number {
  if (GENERATED.has(path)) return 0;
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => latestChange(join(path, name))));
}

/** Whether this directory has a complete production build that is newer than every source. */
export function isBuilt(): boolean {
  const stamp = statSync(STAMP, { throwIfNoEntry: false });
  if (!stamp || readFileSync(STAMP, "utf8") !== process.cwd()) return false;
  return Math.max(...SOURCES.map(latestChange)) < stamp.mtimeMs;
}

/** Makes the production build, whatever NODE_ENV says. @throws Failure with the compiler's output */
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
  await making(() => build()).catch((error: unknown) => {
    console.log(error instanceof Failure ? error.message : error);
    process.exitCode = 1;
  });
}
