import "server-only";
import { createHmac } from "node:crypto";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";

/** The sender waits longer between attempts anyway; the demo and other senders of ours go by it. */
export const RETRY_AFTER = { "Retry-After": "5" };

/** The key of this installation. The start script always sets it. */
export function serverKey(): string {
  const { SECRET_KEY } = env();
  if (SECRET_KEY) return SECRET_KEY;
  throw new AppError("unavailable", "No SECRET_KEY: start the server with npm start, or set it.", RETRY_AFTER);
}

/** What the demo signs with: known to whoever can read the server's own key, and to nobody else. */
export function demoSecret(key: string): string {
  return `whsec_${createHmac("sha256", key).update("footfall demo").digest("hex")}`;
}
