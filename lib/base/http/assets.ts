import "server-only";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { lookup } from "mrmime";
import type { Middleware } from "@/lib/base/http/middleware";
import { decodedPath } from "@/lib/base/http/target";

/** A build has about 4 MB of assets. Larger sets are left to Next. */
const MOST_BYTES = 64 * 1024 ** 2;

const BROTLI = ".br";

/** Files below a directory, the URL path of that directory, and their Cache-Control. */
type Source = { directory: string; prefix: string; caching: string };

type Copy = { bytes: Buffer; headers: Record<string, string | number> };
type Asset = { plain: Copy; brotli: Copy | undefined };

function namesBelow(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((name) =>
      statSync(join(directory, name)).isFile(),
    );
  } catch {
    return [];
  }
}

function copyOf(file: string, type: string, caching: string, encoding?: string): Copy {
  const bytes = readFileSync(file);
  const headers = {
    "Content-Type": type,
    "Content-Length": bytes.byteLength,
    "Cache-Control": caching,
    ETag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`,
    Vary: "Accept-Encoding",
    // Range requests get the whole file, which HTTP allows.
    "Accept-Ranges": "none",
    "X-Content-Type-Options": "nosniff",
    ...(encoding && { "Content-Encoding": encoding }),
  };
  return { bytes, headers };
}

/** Reads files into memory, by URL path. */
function read(sources: readonly Source[]): Map<string, Asset> {
  const assets = new Map<string, Asset>();
  let size = 0;
  for (const { directory, prefix, caching } of sources) {
    const names = new Set(namesBelow(directory));
    for (const name of names) {
      if (name.endsWith(BROTLI)) continue;
      const type = lookup(name) ?? "application/octet-stream";
      const file = join(directory, name);
      const small = names.has(name + BROTLI) ? copyOf(file + BROTLI, type, caching, "br") : undefined;
      const plain = copyOf(file, type, caching);
      size += plain.bytes.byteLength + (small?.bytes.byteLength ?? 0);
      if (size > MOST_BYTES) return assets;
      assets.set(`${prefix}/${name.replaceAll("\\", "/")}`, { plain, brotli: small });
    }
  }
  return assets;
}

const takesBrotli = (accepted: string | string[] | undefined): boolean =>
  /(^|[\s,])(br|brotli)(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(String(accepted ?? ""));

/**
 * Serves scripts, styles, fonts and images, with the build's Brotli copies: Next supports only gzip, a fifth larger,
 * and compresses for each visitor. The files are few and never change while the server runs, so they are kept in
 * memory: a reader who disconnects leaves no open file behind. Other URLs are left to Next.
 */
export function serveAssets(sources: readonly Source[]): Middleware {
  const assets = read(sources);
  return (request, response) => {
    const { method, url = "", headers } = request;
    if (method !== "GET" && method !== "HEAD") return false;
    const asset = assets.get(decodedPath(url));
    if (!asset) return false;
    const copy = (takesBrotli(headers["accept-encoding"]) && asset.brotli) || asset.plain;
    const known = headers["if-none-match"]?.split(",").map((tag) => tag.trim().replace(/^W\//, "")) ?? [];
    if (known.includes(String(copy.headers.ETag)) || known.includes("*")) {
      const { "Content-Length": _length, ...rest } = copy.headers;
      response.writeHead(304, rest).end();
      return true;
    }
    response.writeHead(200, copy.headers).end(method === "HEAD" ? undefined : copy.bytes);
    return true;
  };
}
