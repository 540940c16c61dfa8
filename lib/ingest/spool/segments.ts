import "server-only";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";

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
