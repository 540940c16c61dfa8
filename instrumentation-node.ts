import { drainSpool, stopIntake } from "@/lib/ingest/accept";
import { endStreams } from "@/lib/live/stream";
import { startMirror } from "@/lib/mirror/instance";

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

/** Nobody who watches live keeps the server from stopping. */
export function endStreamsAtStop(): void {
  process.once("SIGTERM", endStreams);
}

/** Stores what the last process left in the spool; when this one stops, it takes nothing new. */
export function keepIntake(): void {
  drainSpool();
  process.once("SIGTERM", () => void stopIntake());
}
