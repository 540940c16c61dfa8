import "server-only";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { type FileHandle, open, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A delivery of several times the usual size still fits. */
const ROOM_BYTES = 65_536;

/** Whether a spool of which `bytes` of `limit` are taken accepts deliveries. */
export const hasRoom = ({ bytes, limit }: { bytes: number; limit: number }): boolean => bytes + ROOM_BYTES <= limit;

const NAME = /^(\d{8})\.spool$/;

/** The file of a segment; they are numbered in the order in which they were begun. */
export const segmentPath = (directory: string, segment: number): string =>
  join(directory, `${String(segment).padStart(8, "0")}.spool`);

/** What is known of a segment: its size in bytes and how many lines end in it. */
export type Segment = { size: number; lines: number };

/**
 * The segments that are there, the oldest first. None while the directory does not exist.
 *
 * @throws a system error when the directory or a file in it cannot be read
 */
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

/** The spool's own name, made when its directory is: the database knows by it how far it has come. */
export function openDirectory(directory: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, "id");
  // A disk that was full left an empty name in earlier versions.
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

/**
 * Writes all of `content` at `position`: a disk that is nearly full takes a part and says so in a number only.
 *
 * @throws a system error when the disk does not take the rest
 */
export async function writeAll(file: FileHandle, content: Buffer, position: number): Promise<void> {
  for (let done = 0; done < content.byteLength; ) {
    done += (await file.write(content, done, content.byteLength - done, position + done)).bytesWritten;
  }
}

/** Makes sure that a file which was just made is still there after a power failure. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  await handle.sync().finally(() => handle.close());
}

/** Whether the disk takes a delivery now: free space alone does not tell of one that is read-only. */
export async function isWritable(directory: string): Promise<boolean> {
  const file = join(directory, "probe");
  try {
    openDirectory(directory);
    await writeFile(file, Buffer.alloc(ROOM_BYTES), { mode: 0o600, flush: true });
    return true;
  } catch {
    return false;
  } finally {
    // Its space must be free again, else the next one would find its own.
    await rm(file, { force: true }).catch(() => {});
  }
}

const HEADER = /^footfall-spool ([0-9a-f-]{36})\n/;
const HEADER_BYTES = "footfall-spool ".length + 36 + 1;

/** The first line of a segment: an id, because a file of the same name may come back with an older backup. */
export const segmentHeader = (id: string): Buffer => Buffer.from(`footfall-spool ${id}\n`);

/** The id of a segment's file, or null when it was begun by a version that wrote none. */
export const segmentId = (content: Buffer): string | null =>
  HEADER.exec(content.toString("latin1", 0, HEADER_BYTES))?.[1] ?? null;

/** Bytes before the first delivery. */
export const headerLength = (content: Buffer): number => (segmentId(content) === null ? 0 : HEADER_BYTES);

/** How many lines end in a part of a segment. */
export function countLines(content: Buffer): number {
  let lines = 0;
  for (let at = content.indexOf("\n"); at !== -1; at = content.indexOf("\n", at + 1)) lines++;
  return lines;
}
