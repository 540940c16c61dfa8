import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, realpathSync, rmSync, statSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { codeOf, Failure } from "@/scripts/steps";

/** Longest path of a Unix socket that every system accepts. */
const SOCKET_PATH_BYTES = 100;

async function answers(path: string): Promise<boolean> {
  const socket = connect(path);
  const isAnswered = await once(socket, "connect").then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isAnswered;
}

/** @returns the server, or the error code; EADDRINUSE when another process has the address */
async function tryToListen(path: string): Promise<Server | string> {
  const server = createServer((socket) => socket.destroy()).listen(path);
  try {
    await once(server, "listening");
    return server.on("error", () => {}).unref();
  } catch (error) {
    return String(codeOf(error));
  }
}

const closed = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));

/** How soon a deleted socket is recreated. */
const RESTORE_MS = 2_000;

/** Recreates the socket's file if it is deleted, else another process would find the directory free. @returns its end */
function keepSocket(path: string, first: Server): () => Promise<void> {
  let server = first;
  const check = async () => {
    if (existsSync(path)) return;
    // Close the old server first: closing deletes the socket's file, even a new one.
    await closed(server);
    const next = await tryToListen(path);
    if (typeof next !== "string") server = next;
  };
  const timer = setInterval(() => void check(), RESTORE_MS).unref();
  return () => {
    clearInterval(timer);
    return closed(server);
  };
}

/**
 * Takes a lock on a directory until this process ends by listening on a socket; a process ID in a file means nothing after
 * a container restarts. On Linux also on an abstract socket, which has no file that could be deleted.
 *
 * @returns its release; null when another process has it
 * @throws Failure when the socket can't be made
 */
export async function tryLock(directory: string, name: string): Promise<(() => Promise<void>) | null> {
  const home = realpathSync(directory);
  const { dev, ino } = statSync(home);
  const unnamed = process.platform === "linux" ? await tryToListen(`\0footfall-${name}-${dev}-${ino}`) : "";
  if (unnamed === "EADDRINUSE") return null;
  const release = async () => {
    if (typeof unnamed !== "string") await closed(unnamed);
  };
  const inside = join(home, `${name}.sock`);
  const short = join(tmpdir(), `footfall-${createHash("sha256").update(inside).digest("hex").slice(0, 16)}.sock`);
  const path = Buffer.byteLength(inside) <= SOCKET_PATH_BYTES ? inside : short;
  let server = await tryToListen(path);
  if (typeof server === "string") {
    if (await answers(path)) {
      await release();
      return null;
    }
    rmSync(path, { force: true });
    server = await tryToListen(path);
  }
  if (typeof server === "string") {
    await release();
    throw new Failure(`The socket ${path} can't be created. Is ${home} writable?`);
  }
  const end = keepSocket(path, server);
  return async () => {
    await end();
    await release();
  };
}

const RETRY_MS = 100;

/**
 * Does work in a directory that only one process does at a time, and waits for its turn.
 *
 * @param onWait called once if another process is at it
 */
export async function alone<T>(
  directory: string,
  name: string,
  work: () => Promise<T>,
  { signal, onWait }: { signal?: AbortSignal | undefined; onWait?: () => void } = {},
): Promise<T> {
  let release = await tryLock(directory, name);
  if (!release) onWait?.();
  while (!release) {
    await delay(RETRY_MS, undefined, { signal });
    release = await tryLock(directory, name);
  }
  try {
    return await work();
  } finally {
    await release();
  }
}
