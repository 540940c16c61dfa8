import { randomBytes } from "node:crypto";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { tryLock } from "@/scripts/socket-lock";
import { codeOf, Failure } from "@/scripts/steps";

/** Enough to detect a full disk. */
const PROBE_BYTES = 1 << 20;

/** Messages about the data directory by system error code. */
const WRONG: [codes: unknown[], words: string][] = [
  [["EACCES", "EPERM"], "is not writable. Change its owner, or set DATA_DIR to another directory."],
  [
    ["ENOENT", "EROFS"],
    "can't be created: the file system is read-only or missing. Set DATA_DIR to another directory.",
  ],
  [["EEXIST", "ENOTDIR"], "is not a directory, or is below a file. Set DATA_DIR to another path."],
];

function explain(error: unknown, dataDir: string): string {
  const code = codeOf(error);
  if (code === "ENOSPC" || code === "EDQUOT")
    return `The disk that holds the data directory ${dataDir} is full. Free some space, or set DATA_DIR to another disk.`;
  const [, words] = WRONG.find(([codes]) => codes.includes(code)) ?? [];
  return `The data directory ${dataDir} ${words ?? `can't be used (${String(error)}). Set DATA_DIR to another directory.`}`;
}

/** Node's `recursive` option never returns for a path such as /proc/footfall. */
function makeDirectory(path: string): void {
  if (existsSync(path)) return;
  if (!existsSync(dirname(path))) makeDirectory(dirname(path));
  mkdirSync(path);
}

/** Creates the data directory and tests that it is writable. @throws Failure when it isn't */
export function openDataDir(dataDir: string): void {
  const probe = join(dataDir, `.probe-${process.pid}`);
  try {
    makeDirectory(dataDir);
    try {
      writeFileSync(probe, Buffer.alloc(PROBE_BYTES), { flush: true });
    } finally {
      rmSync(probe, { force: true });
    }
  } catch (error) {
    throw new Failure(explain(error, dataDir), { cause: error });
  }
}

/** Group and others have no access. */
const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;
/** PostgreSQL protects its own files, which may belong to another user. */
const OF_POSTGRES = new Set(["postgres", "postgres.log"]);

/**
 * Removes other users' permissions, also from files of earlier versions. Files of another owner, or on a file system
 * without permissions, stay as they are; the server starts anyway.
 *
 * @returns the paths that others can still read
 */
export function closeDataDir(dataDir: string): string[] {
  const left: string[] = [];
  const close = (path: string, isTop: boolean) => {
    try {
      const entry = lstatSync(path);
      if (entry.isSymbolicLink() || entry.isSocket()) return;
      const mode = entry.isDirectory() ? DIRECTORY_MODE : FILE_MODE;
      if ((entry.mode & 0o777) !== mode) chmodSync(path, mode);
      if (!entry.isDirectory()) return;
      for (const name of readdirSync(path)) if (!isTop || !OF_POSTGRES.has(name)) close(join(path, name), false);
    } catch {
      if (existsSync(path)) left.push(path);
    }
  };
  close(dataDir, true);
  return left;
}

const KEY_FILE = "secret.key";
/** Minimum length of SECRET_KEY. */
const KEY_CHARACTERS = 32;

/** The key that signs sessions and hashes visitors; null when there is none. @throws Failure when its file is invalid */
export function readSecretKey(dataDir: string): string | null {
  const file = join(dataDir, KEY_FILE);
  if (!existsSync(file)) return null;
  const key = readFileSync(file, "utf8").trim();
  if (key.length >= KEY_CHARACTERS) return key;
  throw new Failure(`${file} is ${key === "" ? "empty" : "too short"}. Restore it from the backup, or set SECRET_KEY.`);
}

/** Creates a key of 32 random bytes. Its file is written atomically. */
export function makeSecretKey(dataDir: string): string {
  const key = randomBytes(32).toString("base64url");
  const draft = join(dataDir, `${KEY_FILE}.${process.pid}`);
  writeFileSync(draft, `${key}\n`, { mode: FILE_MODE, flush: true });
  renameSync(draft, join(dataDir, KEY_FILE));
  return key;
}

/** Locks a data directory until this process ends. @throws Failure when another process holds the lock */
export async function lockDataDir(dataDir: string): Promise<void> {
  if (await tryLock(dataDir, "start")) return;
  throw new Failure(`Footfall is already running on ${dataDir}. Stop it first, or set DATA_DIR to another directory.`);
}
