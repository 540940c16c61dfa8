import "server-only";
import { AppError, moving } from "@/lib/base/errors";
import { log } from "@/lib/base/log";
import { DatabaseAway } from "@/lib/base/outage";
import { isMoving } from "@/lib/base/sql-state";

/** Throws the error when the database couldn't tell who is asking. Logs the cause, which isn't in the response. */
export function unavailable(cause: unknown): never {
  if (cause instanceof AppError) throw cause;
  if (isMoving(cause)) throw moving(cause);
  // better-auth wraps the cause, which would be logged three times.
  const root = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  log.error({ err: root }, "access: database query failed");
  throw new DatabaseAway({ cause });
}
