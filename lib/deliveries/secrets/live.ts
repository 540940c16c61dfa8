import "server-only";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { ingestDb } from "@/lib/base/db";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { log } from "@/lib/base/log";
import { single } from "@/lib/base/runtime";
import { withTimeout } from "@/lib/base/with-timeout";
import {
  demoSecret,
  type LiveSecret,
  open,
  RETRY_AFTER,
  type SecretSource,
  secretId,
  serverKey,
} from "@/lib/deliveries/secrets/secret";
import { SENDER } from "@/lib/senders/senders";

/** A secret from Settings as stored: encrypted. */
type SealedSecret = { id: number; sealed: Uint8Array };

const Copy = z.array(
  z.object({ id: z.number(), sealed: z.base64().transform((text): Uint8Array => Buffer.from(text, "base64")) }),
);

const fileOf = () => join(env().DATA_DIR, "webhook-secrets.json");

/** Saves the encrypted secrets in a local file, for a start while the database is down. Never throws. */
export async function writeCopy(secrets: readonly SealedSecret[]): Promise<void> {
  const file = fileOf();
  const rows = secrets.map(({ id, sealed }) => ({ id, sealed: Buffer.from(sealed).toString("base64") }));
  const draft = `${file}.${process.pid}`;
  try {
    await mkdir(env().DATA_DIR, { recursive: true });
    await writeFile(draft, JSON.stringify(rows), { mode: 0o600 });
    await rename(draft, file);
  } catch (error) {
    log.warn({ err: error }, "secrets: write of the local copy failed");
  }
}

/** The local copy, or null when there is none or it is unreadable. */
async function readCopy(): Promise<SealedSecret[] | null> {
  try {
    return Copy.parse(JSON.parse(await readFile(fileOf(), "utf8")));
  } catch {
    return null;
  }
}

/** Minimum time between queries, however many wrong signatures arrive. */
const LEAST_MS = 1_000;
/** Short, because the sender is waiting. */
const LIMIT_MS = 2_000;

type SecretCache = {
  secrets: LiveSecret[] | null;
  /** Number of secrets from Settings that this server's key can't decrypt. */
  unreadable: number;
  askedAt: number;
  asking: Promise<void> | null;
  copied: string;
  isFailing: boolean;
};

const secretCache = single(
  "secrets",
  (): SecretCache => ({
    secrets: null,
    unreadable: 0,
    askedAt: Number.NEGATIVE_INFINITY,
    asking: null,
    copied: "",
    isFailing: false,
  }),
);

function decrypt(state: SecretCache, rows: readonly SealedSecret[]): void {
  const key = serverKey();
  state.secrets = rows.flatMap(({ id, sealed }) => {
    const value = open(sealed, id, key);
    return value === null ? [] : { id, value, source: "settings" as const };
  });
  state.unreadable = rows.length - state.secrets.length;
}

async function readSealed(): Promise<SealedSecret[]> {
  const rows = await ingestDb().webhookSecret.findMany({
    where: { source: "settings", revokedAt: null },
    select: { id: true, sealed: true },
    orderBy: { id: "asc" },
  });
  return rows.flatMap(({ id, sealed }) => (sealed ? { id, sealed } : []));
}

async function load(): Promise<void> {
  const state = secretCache();
  try {
    const rows = await withTimeout(readSealed(), LIMIT_MS, "the database takes too long");
    decrypt(state, rows);
    state.isFailing = false;
    const text = rows.map(({ id, sealed }) => `${id} ${Buffer.from(sealed).toString("base64")}`).join();
    if (text !== state.copied) await writeCopy(rows);
    state.copied = text;
  } catch (error) {
    if (state.secrets === null) {
      const rows = await readCopy();
      if (rows) decrypt(state, rows);
    }
    const words = "secrets: read failed, using the cached ones";
    // Once per outage: this runs every five seconds.
    if (!state.isFailing) log.warn({ err: error }, words);
    state.isFailing = true;
  }
}

function reload(state: SecretCache): Promise<void> {
  state.askedAt = performance.now();
  // Sequential, so that an older result never overwrites a newer one.
  const asking = (state.asking ?? Promise.resolve()).then(load).finally(() => {
    if (state.asking === asking) state.asking = null;
  });
  state.asking = asking;
  return asking;
}

/** Reloads the secrets after a change on this server. */
export const reloadSecrets = (): Promise<void> => reload(secretCache());

/** Reloads the secrets for an unknown signature, unless that has just been done. */
export function refreshSecrets(): Promise<void> {
  const state = secretCache();
  if (state.asking) return state.asking;
  return performance.now() - state.askedAt < LEAST_MS ? Promise.resolve() : reload(state);
}

/** The cached secrets of Settings; null before the first successful read. */
export const cachedSecrets = (): LiveSecret[] | null => secretCache().secrets;

/** Number of secrets saved with a different key. Deliveries signed with them can't be verified. */
export const unreadableSecrets = (): number => secretCache().unreadable;

/** The secrets that need no database: configured ones and the demo's. */
export function fixedSecrets(): LiveSecret[] {
  const key = serverKey();
  const live = (value: string, source: SecretSource) => ({ id: secretId(value, key), value, source });
  return [...env().DUB_WEBHOOK_SECRET.map((value) => live(value, "environment")), live(demoSecret(key), "demo")];
}

/** The delivery has no valid signature. */
export const notSigned = (): AppError =>
  new AppError("unauthorized", `The ${SENDER.signatureHeader} header is missing or was made with a different secret.`);

/**
 * The secret that signed exactly these bytes. For an unknown signature the secrets are reloaded once: one may have been
 * added a moment ago.
 *
 * @throws AppError unauthorized; unavailable while some secrets are unknown, as the delivery may be authentic
 */
export async function requireSigner(body: Uint8Array, header: string | null): Promise<LiveSecret> {
  const find = () => SENDER.signerOf(body, header, [...fixedSecrets(), ...(cachedSecrets() ?? [])]);
  let signer = find();
  if (!signer && SENDER.isSignature(header)) {
    await refreshSecrets();
    signer = find();
    if (!signer && (cachedSecrets() === null || unreadableSecrets() > 0))
      throw new AppError("unavailable", "Not all webhook secrets are available. Send this again.", RETRY_AFTER);
  }
  if (signer) return signer;
  throw notSigned();
}
