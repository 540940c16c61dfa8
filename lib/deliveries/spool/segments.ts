import "server-only";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { type FileHandle, open, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Room for a delivery of several times the usual size. */
const ROOM_BYTES = 65_536;

/** Whether a spool of which `bytes` of `limit` are taken accepts deliveries. */
export const hasRoom = ({ bytes, limit }: { bytes: number; limit: number }): boolean => bytes + ROOM_BYTES <= limit;

const NAME = /^(\d{8})\.spool$/;

/** The file of a segment. Segments are numbered in the order of their creation. */
export const segmentPath = (directory: string, segment: number): string =>
  join(directory, `${String(segment).padStart(8, "0")}.spool`);

/** Size of a segment in bytes, and its number of complete lines. */
export type Segment = { size: number; lines: number };

/** The segments of a directory, oldest first. @throws a system error when the directory or a file in it can't be read */
export function listSegments(directory: string): Map<number, Segment> {
  if (!existsSync(directory)) return new Map();
  const numbers = readdirSync(directory)
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  return new Map(
    numbers.map((segment) => {
      const content = readFileSync(segmentPath(directory, segment));
      return [segment, { size: content.byteLength, lines: countLines(content.subarray(headerLength(content))) }];
    }),
  );
}

/** The spool's id, created with its directory. The database saves the spool's position under it. */
export function openDirectory(directory: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, "id");
  // Earlier versions left an empty file on a full disk.
  const known = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (known !== "") return known;
  const draft = `${file}.new`;
  try {
    writeFileSync(draft, randomUUID(), { mode: 0o600, flush: true });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, "utf8");
}

/** Writes all of `content` at `position`: on a nearly full disk one write may store only a part. @throws a system error */
export async function writeAll(file: FileHandle, content: Buffer, position: number): Promise<void> {
  for (let done = 0; done < content.byteLength; ) {
    done += (await file.write(content, done, content.byteLength - done, position + done)).bytesWritten;
  }
}

/** Makes a new file survive a power failure. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  await handle.sync().finally(() => handle.close());
}

/** Whether the disk accepts a delivery, checked by writing one: a disk with free space may be read-only. */
export async function isWritable(directory: string): Promise<boolean> {
  const file = join(directory, "probe");
  try {
    openDirectory(directory);
    await writeFile(file, Buffer.alloc(ROOM_BYTES), { mode: 0o600, flush: true });
    return true;
  } catch {
    return false;
  } finally {
    // Else the next probe could fail for lack of the space that this one takes.
    await rm(file, { force: true }).catch(() => {});
  }
}

const HEADER = /^footfall-spool ([0-9a-f-]{36})\n/;
const HEADER_BYTES = "footfall-spool ".length + 36 + 1;

/** The first line of a segment. Its id tells it from a file of the same name that a backup may bring back. */
export const segmentHeader = (id: string): Buffer => Buffer.from(`footfall-spool ${id}\n`);

/** The id in a segment; null in segments of earlier versions, which had none. */
export const segmentId = (content: Buffer): string | null =>
  HEADER.exec(content.toString("latin1", 0, HEADER_BYTES))?.[1] ?? null;

/** Bytes before the first line. */
export const headerLength = (content: Buffer): number => (segmentId(content) === null ? 0 : HEADER_BYTES);

/** Number of complete lines. */
export function countLines(content: Buffer): number {
  let lines = 0;
  for (let at = content.indexOf("\n"); at !== -1; at = content.indexOf("\n", at + 1)) lines++;
  return lines;
}
