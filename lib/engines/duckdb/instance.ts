import "server-only";
import { join } from "node:path";
import { env } from "@/lib/base/env";
import { log } from "@/lib/base/log";
import { single } from "@/lib/base/runtime";
import { createMirror, type Mirror } from "@/lib/engines/duckdb/mirror";

const holder = single("mirror", (): { mirror: Mirror | null } => ({ mirror: null }));

/** Starts the mirror of this process, unless the settings say that Postgres answers. */
export function startMirror(): void {
  const { ANALYTICS_ENGINE, DATABASE_URL, DATA_DIR, MIRROR_MEMORY } = env();
  if (ANALYTICS_ENGINE === "postgres" || !DATABASE_URL) return;
  const directory = join(/* turbopackIgnore: true */ DATA_DIR, "mirror");
  const own = holder();
  own.mirror ??= createMirror({ directory, databaseUrl: DATABASE_URL, memory: MIRROR_MEMORY, log });
  own.mirror.start();
}

/** The mirror of this process; null where none was started. */
export const mirror = (): Mirror | null => holder().mirror;
