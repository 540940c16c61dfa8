import "server-only";
import { AppError } from "@/lib/base/errors";
import { log } from "@/lib/base/log";

const RETRY_AFTER_S = "5";

/**
 * What to throw when the database could not say who is asking: neither a yes nor a no. Logs the cause, which the answer
 * does not tell.
 */
export function unavailable(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  // better-auth wraps what happened, and would repeat it three times.
  const root = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  log.error({ err: root }, "access: database query failed");
  return new AppError(
    "unavailable",
    "The database is unreachable. Try again in a moment.",
    { "Retry-After": RETRY_AFTER_S },
    { cause },
  );
}
