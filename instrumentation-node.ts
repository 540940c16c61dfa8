import { takeAssets } from "@/lib/assets";
import { beforeExit } from "@/lib/before-exit";
import { answerBeforeNext } from "@/lib/before-next";
import { keepSpelled } from "@/lib/click/keep-spelled";
import { startMirror } from "@/lib/engines/duckdb/instance";
import { takeHealth } from "@/lib/health/answer";
import { drainSpool, stopIntake } from "@/lib/ingest/accept";
import { takeDelivery } from "@/lib/ingest/direct";
import { keepSecretsFresh } from "@/lib/ingest/secrets/kept";
import { flushUse } from "@/lib/ingest/secrets/use";
import { keepTidy } from "@/lib/ingest/tidy";
import { endStreams } from "@/lib/live/stream";
import { believeProxies } from "@/lib/proxies";
import { beat, keepBeating } from "@/lib/reception/beat";
import { readTarget, refuseMethod } from "@/lib/request-target";
import { addTransportSecurity } from "@/lib/transport-security";

/** Open requests get this long when the process that started us has vanished. */
const ORPHAN_LIMIT_MS = 10_000;

/** Ends the server when the start script, which holds the other end of the channel, is gone. */
export function endWithParent(): void {
  process.once("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), ORPHAN_LIMIT_MS).unref();
  });
}

/** Fills the mirror while the server already answers, and lets go of its file when the server stops. */
export function keepMirror(): void {
  const mirror = startMirror();
  if (mirror) process.once("SIGTERM", () => void mirror.close());
}

/** Brings what earlier versions have stored to today's spelling; a step that is cut off is done again. */
export function keepSpelling(): void {
  let isStopped = false;
  process.once("SIGTERM", () => {
    isStopped = true;
  });
  keepSpelled(() => isStopped);
}

/** Nobody who watches live keeps the server from stopping. */
export function endStreamsAtStop(): void {
  process.once("SIGTERM", endStreams);
}

/** A week: these have no name of their own for each content. */
const PICTURES = "public, max-age=604800";
/** The build names its files after their content. */
const FOR_EVER = "public, max-age=31536000, immutable";
const FILES = [
  { directory: ".next/static", prefix: "/_next/static", caching: FOR_EVER },
  { directory: "public", prefix: "", caching: PICTURES },
];

/** Deliveries, health checks, files and what nobody should ask for do not go through Next; for the rest, requests are read here first. */
export function takeRequests(): void {
  const isDevelopment = process.env.NODE_ENV !== "production";
  const first = [addTransportSecurity, readTarget, believeProxies, takeDelivery, takeHealth];
  // In development Next makes these files when they are asked for, and has methods and addresses of its own.
  const last = isDevelopment ? [] : [refuseMethod, takeAssets(FILES)];
  answerBeforeNext([...first, ...last], isDevelopment);
}

/** Stores what the last process left in the spool; when this one stops, it takes nothing new. */
export function keepIntake(): void {
  keepSecretsFresh();
  drainSpool();
  keepBeating();
  keepTidy();
  process.once("SIGTERM", () => {
    const stoppedAt = new Date();
    const stopped = stopIntake();
    // Those who are being answered may be refused yet.
    beforeExit(() => Promise.all([stopped, flushUse(), beat(stoppedAt)]));
  });
}
