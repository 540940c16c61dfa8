import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { codeOf, Failure } from "@/scripts/steps";

/** Enough to see that the disk is not full. */
const PROBE_BYTES = 1 << 20;
/** The longest path that every system takes for a socket. */
const SOCKET_PATH_BYTES = 100;

/** What is wrong with the data directory, by the code of a system error. */
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

/** Node's own recursive form never returns for a path such as /proc/footfall. */
function makeDirectory(path: string): void {
  if (existsSync(path)) return;
  if (!existsSync(dirname(path))) makeDirectory(dirname(path));
  mkdirSync(path);
}

/**
 * Makes the data directory and writes a little into it for a try.
 *
 * @throws Failure when that does not work
 */
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

/** Only the owner may read the data directory. */
const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;
/** PostgreSQL looks after its own files, which may belong to another user. */
const OF_POSTGRES = new Set(["postgres", "postgres.log"]);

/**
 * Takes the rights of others away, also from what an earlier version made. What belongs to somebody else, or lies on a
 * file system without rights, stays as it is: it is no reason not to start.
 *
 * @returns the paths that others may still read
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
/** As many as SECRET_KEY must have. */
const KEY_CHARACTERS = 32;

/**
 * The key that signs sessions and hashes visitors, or null when there is none yet.
 *
 * @throws Failure when its file is there and holds no key
 */
export function readSecretKey(dataDir: string): string | null {
  const file = join(dataDir, KEY_FILE);
  if (!existsSync(file)) return null;
  const key = readFileSync(file, "utf8").trim();
  if (key.length >= KEY_CHARACTERS) return key;
  throw new Failure(`${file} is ${key === "" ? "empty" : "too short"}. Restore it from the backup, or set SECRET_KEY.`);
}

/** Makes a key of 32 random bytes. Written whole or not at all. */
export function makeSecretKey(dataDir: string): string {
  const key = randomBytes(32).toString("base64url");
  const draft = join(dataDir, `${KEY_FILE}.${process.pid}`);
  writeFileSync(draft, `${key}\n`, { mode: FILE_MODE, flush: true });
  renameSync(draft, join(dataDir, KEY_FILE));
  return key;
}

async function answers(path: string): Promise<boolean> {
  const socket = connect(path);
  const isAnswered = await once(socket, "connect").then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isAnswered;
}

/** @returns the server, or the code of the error: EADDRINUSE when somebody else has the address */
async function tryToListen(path: string): Promise<Server | string> {
  const server = createServer((socket) => socket.destroy()).listen(path);
  try {
    await once(server, "listening");
    return server.on("error", () => {}).unref();
  } catch (error) {
    return String(codeOf(error));
  }
}

/** How soon a deleted socket is recreated. */
const RESTORE_MS = 2_000;

/** Whoever cleans up may delete the socket's file; another start would find the directory free. */
function keepSocket(path: string, first: Server): void {
  let server = first;
  const check = async () => {
    if (existsSync(path)) return;
    // Closing a server takes the socket's file away, whoever made it: the old one first.
    await new Promise((resolve) => server.close(resolve));
    const next = await tryToListen(path);
    if (typeof next !== "string") server = next;
  };
  setInterval(() => void check(), RESTORE_MS).unref();
}

/**
 * Claims a data directory until this process ends: by a socket that is listened to, because a process number in a file
 * means nothing after a container has started anew. On Linux also by one that has no file, so that none can be deleted.
 *
 * @throws Failure when another run has it
 */
export async function lockDataDir(dataDir: string): Promise<void> {
  const home = realpathSync(dataDir);
  const taken = new Failure(
    `Footfall is already running on ${dataDir}. Stop it first, or set DATA_DIR to another directory.`,
  );
  const { dev, ino } = statSync(home);
  if (process.platform === "linux" && (await tryToListen(`\0footfall-${dev}-${ino}`)) === "EADDRINUSE") throw taken;
  const inside = join(home, "start.sock");
  const short = join(tmpdir(), `footfall-${createHash("sha256").update(home).digest("hex").slice(0, 16)}.sock`);
  const path = Buffer.byteLength(inside) <= SOCKET_PATH_BYTES ? inside : short;
  let server = await tryToListen(path);
  if (typeof server === "string") {
    if (await answers(path)) throw taken;
    rmSync(path, { force: true });
    server = await tryToListen(path);
  }
  if (typeof server === "string")
    throw new Failure(`The socket ${path} can't be created. Set DATA_DIR to another directory.`);
  keepSocket(path, server);
}
