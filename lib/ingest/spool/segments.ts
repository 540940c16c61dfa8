import "server-only";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { open, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOM_BYTES } from "@/lib/ingest/spool/room";

const NAME = /^(\d{8})\.spool$/;

/** The file of a segment; they are numbered in the order in which they were begun. */
export const segmentPath = (directory: string, segment: number): string =>
  join(directory, `${String(segment).padStart(8, "0")}.spool`);

/** The segments that are there with their sizes in bytes, the oldest first. */
export function listSegments(directory: string): Map<number, number> {
  if (!existsSync(directory)) return new Map();
  const segments = readdirSync(directory)
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  return new Map(segments.map((segment) => [segment, statSync(segmentPath(directory, segment)).size]));
}

/** The spool's own name, made when its directory is: the database knows by it how far it has come. */
export function openDirectory(directory: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, "id");
  if (!existsSync(file)) writeFileSync(file, randomUUID(), { mode: 0o600, flush: true });
  return readFileSync(file, "utf8");
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

/** How many lines end in a part of a segment. */
export function countLines(content: Buffer): number {
  let lines = 0;
  for (let at = content.indexOf("\n"); at !== -1; at = content.indexOf("\n", at + 1)) lines++;
  return lines;
}
