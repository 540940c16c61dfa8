import "server-only";
import { randomUUID } from "node:crypto";
import { type FileHandle, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { AppError } from "@/lib/base/errors";
import { log } from "@/lib/base/log";
import { RETRY_AFTER } from "@/lib/deliveries/secrets/secret";
import { decodeRecord, encodeRecord, type Spooled } from "@/lib/deliveries/spool/record";
import {
  countLines,
  headerLength,
  isWritable,
  listSegments,
  openDirectory,
  type Segment,
  segmentHeader,
  segmentId,
  segmentPath,
  syncDirectory,
  writeAll,
} from "@/lib/deliveries/spool/segments";

/** A segment is read as a whole, and deleted once all of it is stored. */
const SEGMENT_BYTES = 8 * 1024 ** 2;
/** Delay before an unreadable directory is read again. */
const LOOK_AGAIN_MS = 5_000;

/**
 * Bytes from the start of a segment. Valid only for the file with this id: a restored backup may have other deliveries
 * there.
 */
export type SpoolPosition = { segment: number; position: number; file: string | null };
/** A waiting delivery, and the position after it. */
export type SpoolEntry = Spooled & { end: SpoolPosition };

type Active = { segment: number; file: FileHandle };

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";

/**
 * Deliveries that wait in files for the database, in order of arrival. `append` returns once they are on disk, so they can
 * be acknowledged. An unusable directory isn't an error yet: the database may work, and the directory may be repaired.
 */
export function createSpool(directory: string, maxBytes: number) {
  /** What is completely on disk. */
  const segments = new Map<number, Segment>();
  /** Deliveries per segment that were stored before its last read. */
  const stored = new Map<number, number>();
  const damaged = new Set<number>();
  let active: Active | null = null;
  /** Numbers are never reused, so the file names show the order. */
  let lastSegment = 0;
  let isKnown = false;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let turn: Promise<unknown> = Promise.resolve();

  /** Finds what an earlier process left. @throws a system error when the directory can't be read */
  function look(): void {
    if (isKnown) return;
    lookedAt = performance.now();
    const present = listSegments(directory);
    for (const [segment, known] of present) if (known.size > 0) segments.set(segment, known);
    lastSegment = Math.max(lastSegment, ...present.keys());
    isKnown = true;
  }

  function tryToLook(): void {
    if (isKnown || performance.now() - lookedAt < LOOK_AGAIN_MS) return;
    try {
      look();
    } catch (error) {
      log.error({ err: error }, "spool: directory unreadable, deliveries go to the database only");
    }
  }
  tryToLook();

  const sizeOf = (segment: number): number => segments.get(segment)?.size ?? 0;

  /** Size of all segments, including their stored parts. */
  const bytes = (): number => [...segments.values()].reduce((sum, { size }) => sum + size, 0);

  /** Number of waiting deliveries. */
  const waiting = (): number =>
    [...segments].reduce((sum, [segment, { lines }]) => sum + lines - (stored.get(segment) ?? 0), 0);

  /** Starts a segment. Those of earlier processes are never extended: their last line may be torn. */
  async function begin(): Promise<Active> {
    look();
    openDirectory(directory);
    const segment = lastSegment + 1;
    const path = segmentPath(directory, segment);
    const file = await open(path, "wx+", 0o600);
    const header = segmentHeader(randomUUID());
    try {
      await writeAll(file, header, 0);
    } catch (error) {
      await file.close();
      await rm(path, { force: true });
      throw error;
    }
    lastSegment = segment;
    segments.set(segment, { size: header.byteLength, lines: 0 });
    active = { segment, file };
    await syncDirectory(directory);
    if (!segments.has(segment - 1)) await rm(segmentPath(directory, segment - 1), { force: true });
    return active;
  }

  /** Runs writes and removals one at a time, so that a removed segment never takes a new record with it. */
  function alone<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.catch(() => {});
    return result;
  }

  async function leave(): Promise<void> {
    const left = active;
    active = null;
    await left?.file.close();
  }

  /** Whether the open file still exists under its name: somebody may have emptied the directory. */
  async function hasItsName({ segment, file }: Active): Promise<boolean> {
    try {
      const [named, held] = await Promise.all([stat(segmentPath(directory, segment)), file.stat()]);
      return named.ino === held.ino;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  /** The file to write to. If it was deleted, its content is written again: an open file stays readable. */
  async function writable(): Promise<Active> {
    if (!active) return begin();
    if (await hasItsName(active)) return active;
    const old = active;
    log.error({ segment: old.segment }, "spool: file was removed while in use, writing its records again");
    const content = await heldBy(old);
    try {
      const next = await begin();
      await put(next, content.subarray(headerLength(content)), segments.get(old.segment)?.lines ?? 0);
      segments.delete(old.segment);
      stored.delete(old.segment);
      await old.file.close();
      return active ?? (await begin());
    } catch (error) {
      // The open file can still be read and stored.
      active = old;
      throw error;
    }
  }

  /** Content of the open file, whether or not it was deleted. */
  async function heldBy({ segment, file }: Active): Promise<Buffer> {
    const content = Buffer.alloc(sizeOf(segment));
    for (let from = 0; from < content.byteLength; ) {
      const { bytesRead } = await file.read(content, from, content.byteLength - from, from);
      if (bytesRead === 0) throw new Error("spool: file is shorter than what was written to it");
      from += bytesRead;
    }
    return content;
  }

  async function put({ segment, file }: Active, added: Buffer, lines: number): Promise<void> {
    const known = segments.get(segment) ?? { size: 0, lines: 0 };
    try {
      await writeAll(file, added, known.size);
      await file.datasync();
    } catch (error) {
      // What was half written is truncated, or never read, as it lies beyond the known size.
      await file.truncate(known.size).catch(() => {});
      await leave().catch(() => {});
      if (known.lines === 0) {
        segments.delete(segment);
        await rm(segmentPath(directory, segment), { force: true }).catch(() => {});
      }
      throw error;
    }
    segments.set(segment, { size: known.size + added.byteLength, lines: known.lines + lines });
    if (sizeOf(segment) > SEGMENT_BYTES) await leave();
  }

  /** Appends all records or none. @throws AppError at the size limit; a system error when the disk rejects them */
  const append = (records: readonly Spooled[]): Promise<void> =>
    alone(async () => {
      const added = Buffer.from(records.map(encodeRecord).join(""));
      if (bytes() + added.byteLength > maxBytes)
        throw new AppError("unavailable", "The spool is full. Send this again later.", RETRY_AFTER);
      await put(await writable(), added, records.length);
    });

  /** Content of a segment; null when its file is gone. */
  async function contentOf(segment: number): Promise<Buffer | null> {
    const size = sizeOf(segment);
    try {
      return (await readFile(segmentPath(directory, segment))).subarray(0, size);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    // An open file stays readable after its deletion.
    return active?.segment === segment ? heldBy(active) : null;
  }

  /** Up to `limit` deliveries of a segment and its current size, from `from` on if that is a position in this very file. */
  async function read(
    segment: number,
    from: SpoolPosition | null,
    limit: number,
  ): Promise<{ waiting: SpoolEntry[]; size: number }> {
    const size = sizeOf(segment);
    const content = await contentOf(segment);
    if (content === null) {
      log.error({ segment }, "spool: file disappeared before its deliveries were stored");
      return { waiting: [], size };
    }
    if (content.byteLength < size) {
      log.error({ segment }, "spool: file is shorter than what was written to it");
      damaged.add(segment);
    }
    const file = segmentId(content);
    const isHere = from?.segment === segment && from.file === file;
    let position = Math.max(isHere ? from.position : 0, headerLength(content));
    stored.set(segment, countLines(content.subarray(headerLength(content), position)));
    const found: SpoolEntry[] = [];
    while (found.length < limit) {
      const to = content.indexOf("\n", position);
      if (to === -1) break;
      const record = decodeRecord(content.toString("utf8", position, to));
      position = to + 1;
      if (record === null) damaged.add(segment);
      else if (record !== "erased") found.push({ ...record, end: { segment, position, file } });
    }
    return { waiting: found, size };
  }

  /**
   * Removes a stored segment, unless it has grown beyond `size` meanwhile. A damaged one is renamed for a person to look at;
   * a torn last line isn't damage, as it was never acknowledged.
   */
  const remove = (segment: number, size: number): Promise<void> =>
    alone(async () => {
      if (sizeOf(segment) !== size) return;
      if (active?.segment === segment) await leave();
      segments.delete(segment);
      stored.delete(segment);
      const path = segmentPath(directory, segment);
      if (damaged.has(segment)) {
        log.error({ path: `${path}.damaged` }, "spool: file is damaged, storing its readable lines");
        await rename(path, `${path}.damaged`);
      }
      // The newest stays as an empty file, so that its number is remembered.
      if (segment === lastSegment) await writeFile(path, "", { flush: true, mode: 0o600 });
      else await rm(path, { force: true });
    });

  /** The next segment to store, or null when the spool is empty. */
  function oldest(): number | null {
    tryToLook();
    return segments.keys().next().value ?? null;
  }

  return {
    id: () => openDirectory(directory),
    append,
    read,
    remove,
    bytes,
    waiting,
    oldest,
    isWritable: () => isWritable(directory),
    /** Closes the open file. A later record starts another. */
    close: (): Promise<void> => alone(leave),
  };
}

export type Spool = ReturnType<typeof createSpool>;
