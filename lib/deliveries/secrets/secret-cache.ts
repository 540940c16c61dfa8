import "server-only";
import { ingestDb } from "@/lib/base/db";
import { log } from "@/lib/base/log";
import { single } from "@/lib/base/runtime";
import { withTimeout } from "@/lib/base/with-timeout";
import { readCopy, type SealedSecret, writeCopy } from "./copy";
import { open } from "./seal";
import type { LiveSecret } from "./secret";
import { serverKey } from "./server-key";

/** Minimum time between queries, however many wrong signatures arrive. */
const LEAST_MS = 1_000;
/** Short, because the sender is waiting. */
const LIMIT_MS = 2_000;

type SecretCache = {
  secrets: LiveSecret[] | null;
  /** How many of the settings' secrets this server's key does not open. */
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

/** How many secrets of the settings were saved with another key, so that their deliveries cannot be recognised. */
export const unreadableSecrets = (): number => secretCache().unreadable;
