import "server-only";
import { AppError } from "@/lib/base/errors";
import { log } from "@/lib/base/log";

const RETRY_AFTER_S = "5";

/** The error when the database couldn't tell who is asking. Logs the cause, which the response doesn't contain. */
export function unavailable(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  // better-auth wraps the cause, which would be logged three times.
  const root = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  log.error({ err: root }, "access: database query failed");
  return new AppError(
    "unavailable",
    "The database is unreachable. Try again in a moment.",
    { "Retry-After": RETRY_AFTER_S },
    { cause },
  );
}
