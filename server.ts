import { createServer, type RequestListener } from "node:http";
import next from "next";
import { endStreams } from "@/lib/api/live/stream";
import { env } from "@/lib/base/env";
import { serveAssets } from "@/lib/base/http/assets";
import { limitServer } from "@/lib/base/http/limits";
import { type Middleware, requestListener } from "@/lib/base/http/middleware";
import { trustProxies } from "@/lib/base/http/proxies";
import { readTarget, refuseMethod } from "@/lib/base/http/target";
import { addTransportSecurity } from "@/lib/base/http/transport-security";
import { type RunningJobs, runJobs } from "@/lib/base/jobs";
import { log } from "@/lib/base/log";
import { withTimeout } from "@/lib/base/with-timeout";
import { drainSpool, stopIntake } from "@/lib/deliveries/accept";
import { writeHeartbeat } from "@/lib/deliveries/heartbeat/heartbeat";
import { serveDeliveries } from "@/lib/deliveries/receive";
import { flushUse } from "@/lib/deliveries/secrets/use";
import { mirror, startMirror } from "@/lib/engines/duckdb/instance";
import { serveHealth } from "@/lib/health/answer";
import { JOBS } from "./jobs";

const isDevelopment = process.env.NODE_ENV === "development";

/** Bytes of a request's head. Addresses hold values of filters whole, of which each letter may be written as nine. */
const MAX_HEADER_BYTES = 131_072;
/** Time-outs at shutdown for open requests and then for the last writes: twelve seconds in total, see scripts/serve.ts. */
const LAST_REQUESTS_MS = 8_000;
const LAST_WRITES_MS = 3_500;
/** How often connections that have become idle are closed while the server stops. */
const IDLE_CHECK_MS = 50;

/** A week: these have no name of their own for each content. */
const PICTURES = "public, max-age=604800";
/** The build names its files after their content. */
const FOR_EVER = "public, max-age=31536000, immutable";
const FILES = [
  { directory: ".next/static", prefix: "/_next/static", caching: FOR_EVER },
  { directory: "public", prefix: "", caching: PICTURES },
];

/** Middleware that runs before Next. Requests that none of it answers go to Next. */
const MIDDLEWARE: readonly Middleware[] = [
  addTransportSecurity,
  readTarget,
  trustProxies,
  serveDeliveries,
  serveHealth,
  // In development Next serves files itself, and has its own methods and URLs.
  ...(isDevelopment ? [] : [refuseMethod, serveAssets(FILES)]),
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
const answerByNext: RequestListener = (request, response) => void app.getRequestHandler()(request, response);

async function closeServer(): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  // A keep-alive connection becomes idle when its last request is answered.
  const timer = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  await closed;
  clearInterval(timer);
}

let jobs: RunningJobs | null = null;

const note = (error: unknown) => log.warn({ err: error }, "shutdown: not everything finished");

/** Shuts everything down in order. Items on one line stop together. */
async function shutDown(): Promise<void> {
  const stoppedAt = new Date();
  endStreams();
  const closed = Promise.all([stopIntake(), closeServer(), jobs?.stop(), mirror()?.close()]);
  await withTimeout(closed, LAST_REQUESTS_MS, "requests or jobs took too long").catch(note);
  // The last requests may have been rejected, which is written with the heartbeat.
  await withTimeout(
    Promise.all([flushUse(), writeHeartbeat(stoppedAt)]),
    LAST_WRITES_MS,
    "the database took too long",
  ).catch(note);
}

let isStopping = false;
function stop(exitCode: number): void {
  if (isStopping) return;
  isStopping = true;
  void shutDown().finally(() => process.exit(exitCode));
}
process.on("SIGTERM", () => stop(143));
process.on("SIGINT", () => stop(130));
// The start script holds the other end of the channel.
process.once("disconnect", () => stop(143));

function fail(error: unknown): never {
  log.fatal({ err: error }, "start failed");
  process.exit(1);
}

// Loading the build blocks the event loop, so anything with a time-out starts afterwards.
await app.prepare().catch(fail);
startMirror();
drainSpool();
jobs = runJobs(JOBS);
server.on("request", requestListener(MIDDLEWARE, answerByNext));
server.once("error", fail);
server.listen(env().PORT);
