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

/** A segment is read whole, and its space is free again once all of it has been stored. */
const SEGMENT_BYTES = 8 * 1024 ** 2;
/** How soon a directory that could not be read is tried again. */
const LOOK_AGAIN_MS = 5_000;

/**
 * A place in a spool: bytes from the beginning of a segment. It holds for the very file it was noted for: an older copy
 * of the spool's directory may come back with a backup, and would have other deliveries at the same place.
 */
export type SpoolPosition = { segment: number; position: number; file: string | null };
/** A delivery that waits, and where the next one begins. */
export type SpoolEntry = Spooled & { end: SpoolPosition };

type Active = { segment: number; file: FileHandle };

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";

/**
 * Deliveries that wait in files for the database, in the order in which they came. `append` returns when they are on
 * disk, so that the sender may be told that they were taken. A directory that cannot be used is no reason to fail here:
 * the database may be well, and the directory may be repaired meanwhile.
 */
export function createSpool(directory: string, maxBytes: number) {
  /** What is on disk and whole. */
  const segments = new Map<number, Segment>();
  /** Deliveries of each segment that have been stored, as far as it was read. */
  const stored = new Map<number, number>();
  const damaged = new Set<number>();
  let active: Active | null = null;
  /** No number is ever used again: whoever reads the directory sees the order. */
  let lastSegment = 0;
  let isKnown = false;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let turn: Promise<void> = Promise.resolve();

  /** Learns what an earlier process left. @throws a system error when the directory cannot be read */
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

  /** How much waits, and what has been stored of segments that are still there. */
  const bytes = (): number => [...segments.values()].reduce((sum, { size }) => sum + size, 0);

  /** How many deliveries wait. */
  const waiting = (): number =>
    [...segments].reduce((sum, [segment, { lines }]) => sum + lines - (stored.get(segment) ?? 0), 0);

  /** After a crash the last line may be torn, so nothing is ever added to a segment of an earlier process. */
  async function begin(): Promise<Active> {
    look();
    openDirectory(directory);
    const segment = lastSegment + 1;
    const file = await open(segmentPath(directory, segment), "wx+", 0o600);
    const header = segmentHeader(randomUUID());
    try {
      await writeAll(file, header, 0);
    } catch (error) {
      await file.close();
      await rm(segmentPath(directory, segment), { force: true });
      throw error;
    }
    lastSegment = segment;
    segments.set(segment, { size: header.byteLength, lines: 0 });
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

  /** Whether the file that is written still has its name: somebody may have emptied the directory. */
  async function hasItsName({ segment, file }: Active): Promise<boolean> {
    try {
      const [named, held] = await Promise.all([stat(segmentPath(directory, segment)), file.stat()]);
      return named.ino === held.ino;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  /** The file to write to. One that was taken away is written anew: it can still be read as long as it is open. */
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
      // It can still be read, and stored, as long as it is open.
      active = old;
      throw error;
    }
  }

  /** What the file that is written holds, whether it has its name or not. */
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
      // Whatever is half written lies beyond the size that is known, and is cut off or never read.
      await file.truncate(known.size).catch(() => {});
      await leave().catch(() => {});
      // A segment without any delivery is not one that waits.
      if (known.lines === 0) {
        segments.delete(segment);
        await rm(segmentPath(directory, segment), { force: true }).catch(() => {});
      }
      throw error;
    }
    segments.set(segment, { size: known.size + added.byteLength, lines: known.lines + lines });
    if (sizeOf(segment) > SEGMENT_BYTES) await leave();
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
    await put(await writable(), added, records.length);
  }

  /** What a segment holds; null when its file is gone. */
  async function contentOf(segment: number): Promise<Buffer | null> {
    const size = sizeOf(segment);
    try {
      return (await readFile(segmentPath(directory, segment))).subarray(0, size);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    // The file that is written can still be read without its name.
    return active?.segment === segment ? heldBy(active) : null;
  }

  /**
   * Up to `limit` deliveries of a segment, from `from` on where that is a place in this very file, and the segment's
   * size then; none at its end.
   */
  async function read(
    segment: number,
    from: SpoolPosition | null,
    limit: number,
  ): Promise<{ waiting: SpoolEntry[]; size: number }> {
    const size = sizeOf(segment);
    const content = await contentOf(segment);
    if (content !== null && content.byteLength < size) {
      log.error({ segment }, "spool: file is shorter than what was written to it");
      damaged.add(segment);
    }
    if (content === null) {
      log.error({ segment }, "spool: file disappeared before its deliveries were stored");
      return { waiting: [], size };
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
   * Lets go of a segment that has been stored. A torn end was never acknowledged; where a line in the middle is not what
   * was written, the file is set aside for a person to look at. Does nothing when it has grown beyond `size` meanwhile.
   */
  const remove = (segment: number, size: number): Promise<void> => alone(() => drop(segment, size));

  async function drop(segment: number, size: number): Promise<void> {
    if (sizeOf(segment) !== size) return;
    if (active?.segment === segment) await leave();
    segments.delete(segment);
    stored.delete(segment);
    const path = segmentPath(directory, segment);
    if (damaged.has(segment)) {
      log.error({ path: `${path}.damaged` }, "spool: file is damaged, storing its readable lines");
      await rename(path, `${path}.damaged`);
    }
    // The newest stays without its content, so that its number is remembered.
    if (segment === lastSegment) await writeFile(path, "", { flush: true, mode: 0o600 });
    else await rm(path, { force: true });
  }

  /** Lets go of the file; whatever is added later begins another. */
  const close = (): Promise<void> => alone(leave);

  /** The segment that is stored next, or null when nothing waits. */
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
    close,
  };
}

export type Spool = ReturnType<typeof createSpool>;
