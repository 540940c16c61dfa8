import { createServer, type RequestListener } from "node:http";
import type { Socket } from "node:net";
import next from "next";
import { ENTRY_PATHS } from "@/lib/account/next-path";
import { endStreams } from "@/lib/api/live/stream";
import { env } from "@/lib/base/env";
import { serveAssets } from "@/lib/base/http/assets";
import { limitServer } from "@/lib/base/http/limits";
import { type Middleware, pathOf, requestListener } from "@/lib/base/http/middleware";
import { servePlainPages } from "@/lib/base/http/plain-pages";
import { trustProxies } from "@/lib/base/http/proxies";
import { readProxySignIn } from "@/lib/base/http/proxy-sign-in";
import { addSecurityHeaders } from "@/lib/base/http/security-headers";
import { readTarget, refuseMethod } from "@/lib/base/http/target";
import { type RunningJobs, runJobs } from "@/lib/base/jobs";
import { log } from "@/lib/base/log";
import { withTimeout } from "@/lib/base/with-timeout";
import { drainSpool, stopIntake } from "@/lib/deliveries/accept";
import { writeHeartbeat } from "@/lib/deliveries/heartbeat/heartbeat";
import { serveDeliveries } from "@/lib/deliveries/receive";
import { flushUse } from "@/lib/deliveries/secrets/live";
import { mirror, startMirror } from "@/lib/engines/duckdb/process-mirror";
import { exportsDirectory } from "@/lib/engines/parquet";
import { serveHealth } from "@/lib/health/answer";
import { JOBS } from "./jobs";

const isDevelopment = process.env.NODE_ENV === "development";

/** Limit of a request's headers. URLs contain the values of filters, each letter of which may take nine bytes. */
const MAX_HEADER_BYTES = 131_072;
/** Time-outs at shutdown for open requests and then for the last writes: twelve seconds in total, see scripts/serve.ts. */
const LAST_REQUESTS_MS = 8_000;
const LAST_WRITES_MS = 3_500;
/** How often connections that have become idle are closed while the server stops. */
const IDLE_CHECK_MS = 50;

/** A week: these URLs don't change with their content. */
const PICTURES = "public, max-age=604800";
/** The build names files by their content's hash. */
const FOR_EVER = "public, max-age=31536000, immutable";
const FILES = [
  { directory: ".next/static", prefix: "/_next/static", caching: FOR_EVER },
  { directory: "public", prefix: "", caching: PICTURES },
];

/** Middleware in order, before Next. */
const MIDDLEWARE: readonly Middleware[] = [
  addSecurityHeaders,
  readTarget,
  trustProxies,
  readProxySignIn,
  serveDeliveries,
  serveHealth,
  // In development Next serves files itself, with its own methods and URLs.
  ...(isDevelopment ? [] : [refuseMethod, serveAssets(FILES), servePlainPages(ENTRY_PATHS)]),
];

const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES });
limitServer(server);

const app = next({
  dev: isDevelopment,
  port: env().PORT,
  // Next listens here for upgraded connections, over which it reloads pages in development. In production nobody should:
  // without a listener Node answers as if the request had not asked for another protocol, as HTTP wants it.
  httpServer: isDevelopment ? server : createServer(),
});

const answerByNext: RequestListener = (request, response) => {
  app
    .getRequestHandler()(request, response)
    .catch((error: unknown) => {
      log.error({ err: error, path: pathOf(request.url) }, "request failed");
      if (!response.headersSent) response.statusCode = 500;
      response.end();
    });
};

/** Connections without a request so far, such as those that browsers open in advance. Node doesn't count them as idle. */
const unused = new Set<Socket>();
server.on("connection", (socket) => {
  unused.add(socket);
  socket.once("close", () => unused.delete(socket));
});
server.on("request", ({ socket }) => unused.delete(socket));

async function closeServer(): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  for (const socket of unused) socket.destroy();
  // A keep-alive connection becomes idle when its last request is answered.
  const timer = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  await closed;
  clearInterval(timer);
}

/** Null until the server has started. */
let jobs: RunningJobs | null = null;
let isStopping = false;

const note = (error: unknown) => log.warn({ err: error }, "shutdown: not everything finished");

/** Shuts everything down in order. Items on one line stop together. */
async function shutDown(): Promise<void> {
  if (!jobs) return;
  const stoppedAt = new Date();
  endStreams();
  const closing = [stopIntake(), closeServer(), jobs.stop(), mirror()?.close()].map((work) => work?.catch(note));
  await withTimeout(Promise.all(closing), LAST_REQUESTS_MS, "requests or jobs took too long").catch(note);
  // The last requests may have been rejected, which is written with the heartbeat.
  const writing = Promise.all([flushUse(), writeHeartbeat(stoppedAt)]);
  await withTimeout(writing, LAST_WRITES_MS, "the database took too long").catch(note);
}

function stop(exitCode: number): void {
  if (isStopping) return;
  isStopping = true;
  void shutDown().finally(() => process.exit(exitCode));
}
process.on("SIGTERM", () => stop(143));
process.on("SIGINT", () => stop(130));
// The start script holds the other end of the channel.
process.once("disconnect", () => stop(143));

function fail(error: unknown): void {
  log.fatal({ err: error }, jobs ? "server failed" : "start failed");
  stop(1);
}

function start(): void {
  startMirror();
  drainSpool();
  // Clicks that a crash left there mustn't outlive their deletion.
  exportsDirectory().catch((error: unknown) => log.warn({ err: error }, "export: directory can’t be emptied"));
  jobs = runJobs(JOBS);
  server.on("request", requestListener(MIDDLEWARE, answerByNext));
  server.on("error", fail);
  server.listen(env().PORT);
}

// Loading the build blocks the event loop, so anything with a time-out starts afterwards.
await app.prepare().then(start).catch(fail);
