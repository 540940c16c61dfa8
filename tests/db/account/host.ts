import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** The environment of a command beside a running server: only its data directory says where the database is. */
export function hostOf(): NodeJS.ProcessEnv {
  const directory = mkdtempSync(join(tmpdir(), "footfall-host-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  writeFileSync(join(directory, "postgres.url"), process.env.DATABASE_URL ?? "");
  writeFileSync(join(directory, "secret.key"), process.env.SECRET_KEY ?? "");
  return { ...process.env, NODE_ENV: "production", DATA_DIR: directory, DATABASE_URL: "", SECRET_KEY: "" };
}
