import "server-only";
import { existsSync, readdirSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { crc32 } from "node:zlib";
import { z } from "zod";
import { writeAll } from "@/lib/deliveries/spool/segments";

/** A delivery that waits: its body without passwords. */
export type Spooled = { receivedAt: Date; secretId: number | null; body: Buffer };

const Line = z.object({
  at: z.number().transform((at) => new Date(at)),
  // Earlier versions had one secret and wrote none.
  secret: z.number().nullable().default(null),
  body: z.base64().transform((text) => Buffer.from(text, "base64")),
});
const Erased = z.object({ erased: z.string() });

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, "0");
const lineOf = (value: object): string => {
  const json = JSON.stringify(value);
  return `${checksum(json)} ${json}`;
};

/** One line: a checksum, then JSON. A line that a crash cut off fails the checksum or lacks its end. */
export function encodeRecord({ receivedAt, secretId, body }: Spooled): string {
  return `${lineOf({ at: receivedAt.getTime(), secret: secretId, body: body.toString("base64") })}\n`;
}

/** A line of the given length that marks a deleted delivery. It overwrites that delivery's line, so the positions of all others stay. */
function erasedLine(length: number): string {
  const pad = length - lineOf({ erased: "" }).length;
  return lineOf({ erased: "x".repeat(Math.max(0, pad)) });
}

/** Reads a line without its newline. Null: the line is damaged. */
export function decodeRecord(line: string): Spooled | "erased" | null {
  const json = line.slice(9);
  if (line.slice(0, 9) !== `${checksum(json)} `) return null;
  const parsed: unknown = JSON.parse(json);
  if (Erased.safeParse(parsed).success) return "erased";
  const { at, secret, body } = Line.parse(parsed);
  return { receivedAt: at, secretId: secret, body };
}

const NAME = /^\d{8}\.spool(\.damaged)?$/;

/** Whether to erase a delivery. `receivedAt` is null when its line is too damaged to tell. */
export type IsMatch = (body: Buffer, receivedAt: Date | null) => boolean;

/** The body in a line, even in a damaged one if it can be found; null for an erased line. */
function bodyOf(line: string): { body: Buffer; receivedAt: Date | null } | null {
  const record = decodeRecord(line);
  if (record === "erased") return null;
  if (record) return record;
  const [, body] = /"body":"([A-Za-z0-9+/=]*)/.exec(line) ?? [];
  return body === undefined ? null : { body: Buffer.from(body, "base64"), receivedAt: null };
}

/** Lines that are read before other work gets the processor. */
const BREATH = 25;

async function eraseIn(path: string, isMatch: IsMatch, isDryRun: boolean): Promise<number> {
  const content = await readFile(path);
  const file = isDryRun ? null : await open(path, "r+");
  let erased = 0;
  try {
    for (let from = 0, lines = 0; from < content.byteLength; lines++) {
      if (lines % BREATH === 0) await breathe();
      const end = content.indexOf("\n", from);
      const to = end === -1 ? content.byteLength : end;
      const found = bodyOf(content.toString("utf8", from, to));
      if (found && isMatch(found.body, found.receivedAt)) {
        if (file) await writeAll(file, Buffer.from(erasedLine(to - from)).subarray(0, to - from), from);
        erased++;
      }
      from = to + 1;
    }
    if (erased > 0) await file?.sync();
  } finally {
    await file?.close();
  }
  return erased;
}

/**
 * Overwrites matching deliveries in a spool directory, in damaged files too. The server may keep running: lines keep
 * their place. @returns their number, in a dry run too
 */
export async function eraseSpooled(directory: string, isMatch: IsMatch, isDryRun = false): Promise<number> {
  if (!existsSync(directory)) return 0;
  let erased = 0;
  for (const name of readdirSync(directory).filter((name) => NAME.test(name)))
    erased += await eraseIn(join(directory, name), isMatch, isDryRun);
  return erased;
}
