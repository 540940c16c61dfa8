import "server-only";
import { readFileSync } from "node:fs";
import { type FileHandle, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { AppError } from "@/lib/errors";
import { RETRY_AFTER } from "@/lib/ingest/secrets/server-key";
import { decodeRecord, encodeRecord, type Spooled } from "@/lib/ingest/spool/record";
import {
  countLines,
  isWritable,
  listSegments,
  openDirectory,
  segmentPath,
  syncDirectory,
} from "@/lib/ingest/spool/segments";
import { log } from "@/lib/log";

/** A segment is read whole, and its space is free again once all of it has been stored. */
const SEGMENT_BYTES = 8 * 1024 ** 2;

/** A place in a spool: bytes from the beginning of a segment. */
export type Place = { segment: number; position: number };
/** A delivery that waits, and where the next one begins. */
export type Waiting = Spooled & { end: Place };

/**
 * Deliveries that wait in files for the database, in the order in which they came. `append` returns when they are on
 * disk, so that the sender may be told that they were taken.
 */
export function createSpool(directory: string, maxBytes: number) {
  const present = [...listSegments(directory)];
  /** Sizes of what is on disk and whole. */
  const segments = new Map(present.filter(([, size]) => size > 0));
  /** Deliveries that each of them has, and how many of those have been stored, as far as it was read. */
  const lines = new Map(
    [...segments.keys()].map((segment) => [segment, countLines(readFileSync(segmentPath(directory, segment)))]),
  );
  const stored = new Map<number, number>();
  const damaged = new Set<number>();
  let active: { segment: number; file: FileHandle } | null = null;
  /** No number is ever used again: the database would take what is new for what it has stored. */
  let lastSegment = present.at(-1)?.[0] ?? 0;
  let turn: Promise<void> = Promise.resolve();

  const sizeOf = (segment: number): number => segments.get(segment) ?? 0;

  /** How much waits, and what has been stored of segments that are still there. */
  const bytes = (): number => [...segments.values()].reduce((sum, size) => sum + size, 0);

  /** How many deliveries wait. */
  const waiting = (): number =>
    [...segments.keys()].reduce((sum, key) => sum + (lines.get(key) ?? 0) - (stored.get(key) ?? 0), 0);

  /** After a crash the last line may be torn, so nothing is ever added to a segment of an earlier process. */
  async function begin(): Promise<{ segment: number; file: FileHandle }> {
    openDirectory(directory);
    const segment = lastSegment + 1;
    const file = await open(segmentPath(directory, segment), "wx", 0o600);
    lastSegment = segment;
    segments.set(segment, 0);
    active = { segment, file };
    await syncDirectory(directory);
    if (!segments.has(segment - 1)) await rm(segmentPath(directory, segment - 1), { force: true });
    return active;
  }

  /** Writing and removing never happen at the same time: what was just added must not go with its segment. */
  function alone<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.then(
      () => {},
      () => {},
    );
    return result;
  }

  async function leave(): Promise<void> {
    const left = active;
    active = null;
    await left?.file.close();
  }

  /**
   * Adds deliveries behind what waits, all of them or none.
   *
   * @throws AppError when the limit is reached; a system error when the disk does not take them
   */
  const append = (records: readonly Spooled[]): Promise<void> => alone(() => write(records));

  async function write(records: readonly Spooled[]): Promise<void> {
    const added = Buffer.from(records.map(encodeRecord).join(""));
    if (bytes() + added.byteLength > maxBytes) {
      throw new AppError("unavailable", "The spool is full. Send this again later.", RETRY_AFTER);
    }
    const { segment, file } = active ?? (await begin());
    const size = sizeOf(segment);
    try {
      await file.writev([added], size);
      await file.datasync();
    } catch (error) {
      // Whatever is half written lies beyond the size that is known, and is cut off or never read.
      await file.truncate(size).catch(() => {});
      await leave().catch(() => {});
      throw error;
    }
    segments.set(segment, size + added.byteLength);
    lines.set(segment, (lines.get(segment) ?? 0) + records.length);
    if (size + added.byteLength > SEGMENT_BYTES) await leave();
  }

  /** Up to `limit` deliveries from a place on, all of one segment, and its size then; none at its end. */
  async function read({ segment, position }: Place, limit: number): Promise<{ waiting: Waiting[]; size: number }> {
    const size = sizeOf(segment);
    const content = (await readFile(segmentPath(directory, segment))).subarray(0, size);
    stored.set(segment, countLines(content.subarray(0, position)));
    const found: Waiting[] = [];
    let from = position;
    while (found.length < limit) {
      const to = content.indexOf("\n", from);
      if (to === -1) break;
      const record = decodeRecord(content.toString("utf8", from, to));
      from = to + 1;
      if (record) found.push({ ...record, end: { segment, position: from } });
      else damaged.add(segment);
    }
    return { waiting: found, size };
  }

  /**
   * Lets go of a segment that has been stored. A torn end was never acknowledged; where a line in the middle is not what
   * was written, the file is set aside for a person to look at. Does nothing when it has grown beyond `size` meanwhile.
   */
  const remove = (segment: number, size: number): Promise<void> => alone(() => drop(segment, size));

  async function drop(segment: number, size: number): Promise<void> {
    if (segments.get(segment) !== size) return;
    if (active?.segment === segment) await leave();
    for (const known of [segments, lines, stored]) known.delete(segment);
    const path = segmentPath(directory, segment);
    if (damaged.has(segment)) {
      log.error({ path: `${path}.damaged` }, "a spool file is damaged: the lines that could be read are stored");
      await rename(path, `${path}.damaged`);
    }
    // The newest stays without its content, so that its number is remembered.
    if (segment === lastSegment) await writeFile(path, "", { flush: true });
    else await rm(path, { force: true });
  }

  /** Lets go of the file; whatever is added later begins another. */
  const close = (): Promise<void> => alone(leave);

  /** The segment that is stored next, or null when nothing waits. */
  const oldest = (): number | null => segments.keys().next().value ?? null;

  return {
    id: () => openDirectory(directory),
    append,
    read,
    remove,
    bytes,
    waiting,
    oldest,
    isWritable: () => isWritable(directory),
    close,
  };
}

export type Spool = ReturnType<typeof createSpool>;
