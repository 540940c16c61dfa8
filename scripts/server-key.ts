import { createHmac } from "node:crypto";
import { Failure } from "@/scripts/steps";
import { withConnection } from "./connect";
import { makeSecretKey, readSecretKey } from "./data-dir";

/** A fingerprint that doesn't reveal the key. */
const fingerprintOf = (key: string): string =>
  createHmac("sha256", key).update("footfall server key").digest("base64url").slice(0, 16);

/** Advice for when the old key is lost. */
const WAY_OUT =
  "Without the old key, webhook secrets saved in Settings are unreadable, returning visitors count as new, and everyone has to sign in again. To continue with a new key anyway, run: npm run change-key";

const KNOWN = "select key_fingerprint as fingerprint from dataset";

async function query(databaseUrl: string, text: string, values: string[] = []): Promise<string | null> {
  const { rows } = await withConnection(databaseUrl, (client) =>
    client.query<{ fingerprint: string | null }>(text, values),
  );
  return rows[0]?.fingerprint ?? null;
}

/**
 * The server's key: SECRET_KEY, the data directory's, or a new one if the database was never used with a key. The
 * database stores a fingerprint of its key.
 *
 * @param databaseUrl a migrated database
 * @param configured SECRET_KEY
 * @throws Failure with advice when the database was used with another key
 */
export async function openServerKey(databaseUrl: string, dataDir: string, configured?: string): Promise<string> {
  const known = await query(databaseUrl, KNOWN);
  const found = configured ?? readSecretKey(dataDir);
  if (found === null && known !== null)
    throw new Failure(
      `${dataDir}/secret.key is missing, but this database was used with a key. Restore the file from the backup, or set SECRET_KEY. ${WAY_OUT}`,
    );
  const key = found ?? makeSecretKey(dataDir);
  const agreed = await query(
    databaseUrl,
    "update dataset set key_fingerprint = coalesce(key_fingerprint, $1) returning key_fingerprint as fingerprint",
    [fingerprintOf(key)],
  );
  if (agreed === fingerprintOf(key)) return key;
  const source = configured === undefined ? `${dataDir}/secret.key` : "SECRET_KEY";
  throw new Failure(
    `This database was used with a different key than the one in ${source}. Restore the key from the backup; servers that share a database need the same one. ${WAY_OUT}`,
  );
}

/** @throws Failure when the database was used with another key */
export async function assertServerKey(databaseUrl: string, key: string): Promise<void> {
  const known = await query(databaseUrl, KNOWN);
  if (known === null || known === fingerprintOf(key)) return;
  throw new Failure(
    "This SECRET_KEY differs from the server's. Set SECRET_KEY to the server's key, or DATA_DIR to the server's data directory.",
  );
}

/** Makes the database accept SECRET_KEY, the data directory's key, or else a new one. */
export async function changeServerKey(databaseUrl: string, dataDir: string, configured?: string): Promise<void> {
  const key = configured ?? readSecretKey(dataDir) ?? makeSecretKey(dataDir);
  if ((await query(databaseUrl, KNOWN)) === fingerprintOf(key)) return;
  await query(databaseUrl, "update dataset set key_fingerprint = $1", [fingerprintOf(key)]);
  // Secrets of authenticator apps can't be read any more: nobody with one could sign in.
  await query(databaseUrl, 'update "user" set two_factor_enabled = false');
  await query(databaseUrl, "delete from two_factor");
}
