import "server-only";
import { readFileSync } from "node:fs";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

/** Until the head of a request has come; a connection on which nothing comes ends as well. */
const HEADERS_MS = 15_000;
/** Until a request has come with its body. */
const REQUEST_MS = 30_000;
/** Idle time-out of a connection. The slowest response starts within a minute. */
const IDLE_MS = 120_000;
/** Files and connections to the database need some of what the process may open. */
const OWN_FILES = 1_024;
const MOST_CONNECTIONS = 10_000;

/** How many connections the process can have with what it may open; only Linux tells. */
function mostConnections(): number {
  try {
    const [, files] = /^Max open files\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8")) ?? [];
    const room = Number(files ?? Number.NaN) - OWN_FILES;
    return Number.isNaN(room) ? MOST_CONNECTIONS : Math.min(MOST_CONNECTIONS, Math.max(room, OWN_FILES / 2));
  } catch {
    return MOST_CONNECTIONS;
  }
}

const BODY = '{"error":{"code":"method_not_allowed","message":"This server isn’t a proxy."}}';
const REFUSAL = [
  "HTTP/1.1 405 Method Not Allowed",
  "Allow: GET, HEAD, POST, PATCH, DELETE, OPTIONS",
  "Content-Type: application/json",
  `Content-Length: ${Buffer.byteLength(BODY)}`,
  "Connection: close",
  "",
  BODY,
].join("\r\n");

/** Answers CONNECT, which Node would cut off. The connection is ours alone from here on. */
function refuseTunnel(_request: IncomingMessage, socket: Duplex): void {
  socket.on("error", () => socket.destroy());
  socket.end(REFUSAL, () => socket.destroy());
}

/** Bounds what a connection may take. */
export function limitServer(server: Server): void {
  server.on("connect", refuseTunnel);
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  server.timeout = IDLE_MS;
  server.maxConnections = mostConnections();
}
