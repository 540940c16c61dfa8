import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

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
