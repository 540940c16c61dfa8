import "server-only";
import { readFileSync } from "node:fs";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

/** Time-out for a request's headers, and for a connection without any. */
const HEADERS_MS = 15_000;
/** Time-out for a whole request. */
const REQUEST_MS = 30_000;
/** Idle time-out of a connection. An export of few of very many clicks looks for the next for minutes. */
const IDLE_MS = 300_000;
/** File descriptors left for files and database connections. */
const OWN_FILES = 1_024;
const MOST_CONNECTIONS = 10_000;

/** Maximum connections under the process's limit of open files, which only Linux tells. */
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

/** Answers CONNECT, for which Node would only disconnect. From here on the connection is ours. */
function refuseTunnel(_request: IncomingMessage, socket: Duplex): void {
  socket.on("error", () => socket.destroy());
  socket.end(REFUSAL, () => socket.destroy());
}

/** Limits what connections may take. */
export function limitServer(server: Server): void {
  server.on("connect", refuseTunnel);
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  server.timeout = IDLE_MS;
  server.maxConnections = mostConnections();
}
