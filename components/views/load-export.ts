/** What has arrived. `rows` of a text file, `of` how many; null where unknown. */
export type Got = { bytes: number; rows: number | null; of: number | null };

/** Larger files are left to the browser, which keeps them on disk while they come. */
const MOST_BYTES = 200_000_000;
/** About as many bytes as a click takes with all columns, by the format. */
const ROW_BYTES: Record<string, number> = { csv: 400, ndjson: 640, parquet: 60 };

const LINE_END = 10;
/** How often the progress is told. */
const TELL_MS = 200;

async function problemOf(response: Response): Promise<string> {
  const body = await response.json().catch(() => null);
  return body?.error?.message ?? "The server couldn’t make the file. Try again.";
}

function save(href: string, name: string): void {
  const link = document.createElement("a");
  link.href = href;
  link.download = name;
  link.click();
}

const nameIn = (headers: Headers): string =>
  /filename="([^"]+)"/.exec(headers.get("content-disposition") ?? "")?.[1] ?? "footfall";

/** Whether a file of clicks would be too large to hold. */
function isLarge(href: string, rows: number | null): boolean {
  const [, format = ""] = /\/events\.(\w+)(\?|$)/.exec(href) ?? [];
  return (rows ?? 0) * (ROW_BYTES[format] ?? 0) > MOST_BYTES;
}

/** `saved`: the browser has the whole file; `left`: it is large, so the browser downloads it itself. */
export type Loaded = "saved" | "left";

async function leave(body: ReadableStream | ReadableStreamDefaultReader, href: string): Promise<Loaded> {
  await body.cancel();
  save(href, "");
  return "left";
}

/**
 * Loads an export and has the browser save it when it is whole. A large one is left to the browser.
 *
 * @throws Error with what to tell the reader
 */
export async function loadExport(href: string, signal: AbortSignal, tell: (got: Got) => void): Promise<Loaded> {
  const response = await fetch(href, { signal }).catch((error: unknown) => {
    throw signal.aborted ? error : new Error("The server can’t be reached. Try again.");
  });
  if (response.status === 401) throw new Error("You were signed out. Sign in in another tab, and try again.");
  const isFile = response.headers.has("content-disposition");
  if (!response.ok || !response.body || !isFile) throw new Error(await problemOf(response));
  const rows = response.headers.get("x-footfall-rows");
  const of = rows === null ? null : Number(rows);
  if (isLarge(href, of)) return leave(response.body, href);
  const type = response.headers.get("content-type") ?? "";
  const isText = /csv|ndjson/.test(type);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const got: Got = { bytes: 0, rows: isText ? 0 : null, of };
  let told = performance.now();
  const reader = response.body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      got.bytes += part.value.length;
      // Larger than it seemed.
      if (got.bytes > 2 * MOST_BYTES) return leave(reader, href);
      if (got.rows !== null) got.rows += lineEnds(part.value);
      if (performance.now() - told < TELL_MS) continue;
      told = performance.now();
      tell({ ...got, rows: got.rows === null ? null : Math.min(got.rows, of ?? got.rows) });
    }
  } catch (error) {
    throw signal.aborted ? error : new Error("The download broke off. Try again.");
  }
  const url = URL.createObjectURL(new Blob(parts, { type }));
  save(url, nameIn(response.headers));
  // The browser reads it after this.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return "saved";
}

function lineEnds(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_END); at >= 0; at = bytes.indexOf(LINE_END, at + 1)) count += 1;
  return count;
}
