import { createHmac } from "node:crypto";

/** Where a secret comes from: the settings page, DUB_WEBHOOK_SECRET, or the server's own key. */
export type SecretSource = "settings" | "environment" | "demo";

/** A secret that may have signed a delivery. */
export type LiveSecret = { id: number; value: string; source: SecretSource };

/** A secret's id: a keyed hash, so that it is known without asking anybody and tells nothing of the secret. */
export function secretId(value: string, key: string): number {
  return createHmac("sha256", key).update(`webhook secret\0${value}`).digest().readUInt32BE() >>> 1;
}

/** What is shown of a secret. */
export const hintOf = (value: string): string => value.slice(-4);

/** The name of a secret that nobody gave one. */
export function givenName({ source, value }: LiveSecret): string {
  return source === "demo" ? "Demo" : `DUB_WEBHOOK_SECRET …${hintOf(value)}`;
}
