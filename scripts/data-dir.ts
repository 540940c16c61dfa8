import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Failure } from "./failure";

/** Enough to see that the disk is not full. */
const PROBE_BYTES = 1 << 20;
/** The longest path that every system takes for a socket. */
const SOCKET_PATH_BYTES = 100;

function explain(error: unknown, dataDir: string): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "EACCES":
    case "EPERM":
      return `The data directory ${dataDir} is not writable. Change its owner, or set DATA_DIR to another directory.`;
    case "ENOENT":
    case "EROFS":
      return `The data directory ${dataDir} cannot be made there: the file system takes no files. Set DATA_DIR to another directory.`;
    case "EEXIST":
    case "ENOTDIR":
      return `The data directory ${dataDir} is not a directory, or is below a file. Set DATA_DIR to another path.`;
    case "ENOSPC":
    case "EDQUOT":
      return `The disk that holds the data directory ${dataDir} is full. Free some space, or set DATA_DIR to another disk.`;
    default:
      return `The data directory ${dataDir} cannot be used (${String(error)}). Set DATA_DIR to another directory.`;
  }
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

/** The key that signs sessions and hashes visitors: 32 random bytes, made on the first start. */
export function readSecretKey(dataDir: string): string {
  const file = join(dataDir, "secret.key");
  if (!existsSync(file))
    writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flush: true });
  return readFileSync(file, "utf8").trim();
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

function listen(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", () => resolve(false));
    server.listen(path, () => {
      server.unref();
      resolve(true);
    });
  });
}

/**
 * Claims a data directory until this process ends: a socket that is listened to, because a process number in a file
 * means nothing after a container has started anew.
 *
 * @throws Failure when another run has it
 */
export async function lockDataDir(dataDir: string): Promise<void> {
  const home = realpathSync(dataDir);
  const inside = join(home, "start.sock");
  const short = join(tmpdir(), `footfall-${createHash("sha256").update(home).digest("hex").slice(0, 16)}.sock`);
  const path = Buffer.byteLength(inside) <= SOCKET_PATH_BYTES ? inside : short;
  if (await listen(path)) return;
  if (await answers(path)) {
    throw new Failure(
      `Footfall is already running on ${dataDir}. Stop it first, or set DATA_DIR to another directory.`,
    );
  }
  rmSync(path, { force: true });
  if (!(await listen(path))) throw new Failure(`The socket ${path} cannot be made. Set DATA_DIR to another directory.`);
}
