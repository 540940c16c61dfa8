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
import { SENDER } from "@/lib/senders/senders";
import { fixedSecrets, givenName, hintOf, type LiveSecret, open, RETRY_AFTER, serverKey } from "./secret";

/** Minimum time between queries, however many wrong signatures arrive. */
const LEAST_MS = 500;
/** Short, because the sender is waiting. */
const LIMIT_MS = 2_000;

/** Secrets from Settings as stored: encrypted; here in base64. */
const Sealed = z.array(z.object({ id: z.number(), sealed: z.base64() }));
type Sealed = z.infer<typeof Sealed>;

const state = single("secrets", () => ({
  /** Those from Settings; null before the first successful read. */
  secrets: null as LiveSecret[] | null,
  /** Number of secrets from Settings that this server's key can't decrypt. */
  unreadable: 0,
  askedAt: Number.NEGATIVE_INFINITY,
  asking: null as Promise<void> | null,
  copied: "",
  failures: 0,
  /** Last use of each secret that isn't in the database yet. */
  used: new Map<number, { secret: LiveSecret; at: Date }>(),
}));

const copyPath = () => join(env().DATA_DIR, "webhook-secrets.json");

/** Saves the encrypted secrets in a local file, for a start while the database is down. Never throws. */
export async function writeCopy(stored: Sealed): Promise<void> {
  const text = JSON.stringify(stored);
  if (text === state().copied) return;
  state().copied = text;
  const draft = `${copyPath()}.${process.pid}`;
  try {
    await mkdir(env().DATA_DIR, { recursive: true });
    await writeFile(draft, text, { mode: 0o600 });
    await rename(draft, copyPath());
  } catch (error) {
    log.warn({ err: error }, "secrets: write of the local copy failed");
  }
}

/** The local copy; null when there is none or it is unreadable. */
async function readCopy(): Promise<Sealed | null> {
  try {
    return Sealed.parse(JSON.parse(await readFile(copyPath(), "utf8")));
  } catch {
    return null;
  }
}

async function readStored(): Promise<Sealed> {
  const rows = await ingestDb().webhookSecret.findMany({
    where: { source: "settings", revokedAt: null },
    select: { id: true, sealed: true },
    orderBy: { id: "asc" },
  });
  return rows.flatMap(({ id, sealed }) => (sealed ? { id, sealed: Buffer.from(sealed).toString("base64") } : []));
}

function decrypt(stored: Sealed): void {
  const key = serverKey();
  const secrets = stored.flatMap(({ id, sealed }): LiveSecret[] => {
    const value = open(Buffer.from(sealed, "base64"), id, key);
    return value === null ? [] : [{ id, value, source: "settings" }];
  });
  Object.assign(state(), { secrets, unreadable: stored.length - secrets.length });
}

async function load(): Promise<void> {
  const own = state();
  try {
    const stored = await withTimeout(readStored(), LIMIT_MS, "the database takes too long");
    decrypt(stored);
    own.failures = 0;
    await writeCopy(stored);
  } catch (error) {
    const copy = own.secrets === null && (await readCopy());
    if (copy) decrypt(copy);
    own.failures += 1;
    // Once per outage, since this runs all the time; and not for a start, which keeps the processor busy for a while.
    if (own.failures === 2) log.warn({ err: error }, "secrets: read failed, using the cached ones");
  }
}

/** Reloads the secrets after a change on this server. */
export function reloadSecrets(): Promise<void> {
  const own = state();
  own.askedAt = performance.now();
  // Sequential, so that an older result never overwrites a newer one.
  const asking = (own.asking ?? Promise.resolve()).then(load).finally(() => {
    if (own.asking === asking) own.asking = null;
  });
  own.asking = asking;
  return asking;
}

/** Reloads the secrets for an unknown signature, unless that has just been done. */
export async function refreshSecrets(): Promise<void> {
  const { asking, askedAt } = state();
  await (asking ?? (performance.now() - askedAt < LEAST_MS ? null : reloadSecrets()));
}

/** The cached secrets of Settings; null before the first successful read. */
export const cachedSecrets = (): LiveSecret[] | null => state().secrets;

/** Number of secrets saved with a different key. Deliveries signed with them can't be verified. */
export const unreadableSecrets = (): number => state().unreadable;

/** The delivery has no valid signature. */
export const notSigned = (): AppError =>
  new AppError("unauthorized", `The ${SENDER.signatureHeader} header is missing or was made with a different secret.`);

/**
 * The secret that signed exactly these bytes; notes its use. For an unknown signature the secrets are reloaded once: one
 * may have been added a moment ago.
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
  if (!signer) throw notSigned();
  state().used.set(signer.id, { secret: signer, at: new Date() });
  return signer;
}

/** Last use of a secret, if this process hasn't written it yet. */
export const unwrittenUse = (id: number): Date | null => state().used.get(id)?.at ?? null;

/** Writes the last use of secrets. A configured secret gets a row here, so that its id keeps a name. Never throws. */
export async function flushUse(): Promise<void> {
  const { used } = state();
  try {
    for (const [id, use] of [...used]) {
      const { secret, at } = use;
      await ingestDb().$executeRaw`
        insert into webhook_secret (id, name, source, hint, last_used_at)
        values (${id}, ${givenName(secret)}, ${secret.source}, ${hintOf(secret.value)}, ${at})
        on conflict (id) do update
        set last_used_at = greatest(webhook_secret.last_used_at, excluded.last_used_at)`;
      if (used.get(id) === use) used.delete(id);
    }
  } catch (error) {
    log.warn({ err: error }, "secrets: write of last use failed, will retry");
  }
}
