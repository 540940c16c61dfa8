import "server-only";
import { join } from "node:path";
import { databaseUrl } from "@/lib/base/database-parts";
import { env } from "@/lib/base/env";
import { log } from "@/lib/base/log";
import { single } from "@/lib/base/runtime";
import { createMirror, type Mirror } from "@/lib/engines/duckdb/mirror";

const holder = single("mirror", (): { mirror: Mirror | null } => ({ mirror: null }));

/** Starts this process's mirror, unless the settings say that Postgres answers. */
export function startMirror(): void {
  const { ANALYTICS_ENGINE, DATA_DIR, MIRROR_MEMORY } = env();
  const url = databaseUrl();
  if (ANALYTICS_ENGINE === "postgres" || !url) return;
  const directory = join(/* turbopackIgnore: true */ DATA_DIR, "mirror");
  const own = holder();
  own.mirror ??= createMirror({ directory, databaseUrl: url, memory: MIRROR_MEMORY, log });
  own.mirror.start();
}

/** Closes the mirror and starts one of the database that has the data now. */
export async function restartMirror(): Promise<void> {
  const own = holder();
  const { mirror: old } = own;
  own.mirror = null;
  await old?.close().catch((error: unknown) => log.warn({ err: error }, "mirror: it couldn’t be closed"));
  startMirror();
}

/** This process's mirror; null if none was started. */
export const mirror = (): Mirror | null => holder().mirror;
