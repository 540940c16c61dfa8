import { createHmac } from "node:crypto";
import { connect } from "./connect";
import { makeSecretKey, readSecretKey } from "./data-dir";
import { Failure } from "./failure";

/** Tells one key from another without telling the key. */
const fingerprintOf = (key: string): string =>
  createHmac("sha256", key).update("footfall server key").digest("base64url").slice(0, 16);

/** What a person does who cannot bring the old key back. */
const WAY_OUT =
  "Without it the secrets added in the settings cannot be read, visitors are counted anew and everybody has to sign in again. To go on with another key all the same: npm run change-key";

async function query(databaseUrl: string, text: string, values: string[] = []): Promise<string | null> {
  const client = await connect(databaseUrl);
  try {
    const { rows } = await client.query<{ fingerprint: string | null }>(text, values);
    return rows[0]?.fingerprint ?? null;
  } finally {
    await client.end();
  }
}

/**
 * The server's key: as configured, as kept in the data directory, or made now for a database that has been used with
 * none. A database remembers a fingerprint of the key that it was used with.
 *
 * @param databaseUrl a migrated database
 * @param configured SECRET_KEY
 * @throws Failure when the database was used with another key, in words that tell the ways out
 */
export async function openServerKey(databaseUrl: string, dataDir: string, configured?: string): Promise<string> {
  const known = await query(databaseUrl, "select key_fingerprint as fingerprint from dataset");
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
    `This database was used with another key than the one in ${source}. Restore the key from the backup; servers that share a database need the same one. ${WAY_OUT}`,
  );
}

/** @throws Failure when a key is not the one that the database was used with */
export async function assertServerKey(databaseUrl: string, key: string): Promise<void> {
  const known = await query(databaseUrl, "select key_fingerprint as fingerprint from dataset");
  if (known === null || known === fingerprintOf(key)) return;
  throw new Failure("This is another SECRET_KEY than the server's. Set SECRET_KEY, or DATA_DIR to where it is kept.");
}

/** From now on the database belongs to the key that is configured or kept, or to a new one. */
export async function changeServerKey(databaseUrl: string, dataDir: string, configured?: string): Promise<void> {
  const key = configured ?? readSecretKey(dataDir) ?? makeSecretKey(dataDir);
  await query(databaseUrl, "update dataset set key_fingerprint = $1", [fingerprintOf(key)]);
}
