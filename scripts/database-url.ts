import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { env, readEnv } from "@/lib/base/env";
import { Failure } from "@/scripts/steps";
import { readSecretKey } from "./data-dir";
import { embeddedUrl, follow, readPlace } from "./move/place";
import { assertServerKey } from "./server-key";

/** The URL of the database of the server on this host. */
function urlOf(dataDir: string): string {
  const url = readPlace(dataDir) ?? embeddedUrl(dataDir);
  if (url) return url;
  throw new Failure("The embedded database isn't running. Start the server first, or set DATABASE_URL.");
}

/**
 * For commands beside a server: sets DATABASE_URL and SECRET_KEY to those of the server on this host, unless the
 * environment or `.env` does. Follows a move, as the server does.
 *
 * @returns the data directory
 * @throws Failure when the database isn't running, or belongs to a server with another key
 */
export async function findDatabase(): Promise<string> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const dataDir = resolve(process.env.DATA_DIR || ".data");
  process.env.DATABASE_URL ||= urlOf(dataDir);
  process.env.SECRET_KEY ||= readSecretKey(dataDir) ?? "";
  if (!process.env.SECRET_KEY)
    throw new Failure("Set SECRET_KEY to the server's key, or DATA_DIR to the server's data directory.");
  process.env.DATABASE_URL = await follow(process.env.DATABASE_URL, process.env.SECRET_KEY, embeddedUrl(dataDir));
  // The log has read the settings already, when it was loaded.
  Object.assign(env(), readEnv(process.env));
  await assertServerKey(process.env.DATABASE_URL, process.env.SECRET_KEY);
  return dataDir;
}
