import "server-only";
import { join } from "node:path";
import { createMirror, type Mirror } from "@/lib/engines/duckdb/mirror";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

// instrumentation.ts and the routes are separate builds in one process: only globalThis is shared.
const shared = globalThis as { footfallMirror?: Mirror };

/** Starts the mirror of this process, unless the settings say that Postgres answers. */
export function startMirror(): Mirror | null {
  const { ANALYTICS_ENGINE, DATABASE_URL, DATA_DIR, MIRROR_MEMORY } = env();
  if (ANALYTICS_ENGINE === "postgres" || !DATABASE_URL) return null;
  const directory = join(/* turbopackIgnore: true */ DATA_DIR, "mirror");
  shared.footfallMirror ??= createMirror({ directory, databaseUrl: DATABASE_URL, memory: MIRROR_MEMORY, log });
  shared.footfallMirror.start();
  return shared.footfallMirror;
}

/** The mirror of this process; null where none was started. */
export const mirror = (): Mirror | null => shared.footfallMirror ?? null;
