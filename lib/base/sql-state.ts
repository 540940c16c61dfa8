import { z } from "zod";

/** The driver's error in Prisma's, and in another wrapper of it; that of a commit comes without the outer one. */
const DriverError = z.object({ cause: z.object({ originalCode: z.string() }) });
const PrismaError = z.union([
  z.object({ meta: z.object({ driverAdapterError: DriverError }) }).transform(({ meta }) => meta.driverAdapterError),
  DriverError,
]);

/** The SQLSTATE of an error; undefined when Postgres didn't answer. */
export function sqlState(error: unknown): string | undefined {
  return PrismaError.safeParse(error).data?.cause.originalCode;
}

/** SQLSTATE of a write that a move to another database refuses: see the migration `023_move`. */
const MOVING = "FF001";

/** Whether a write was refused because the data is being moved, or was, to another database. Libraries wrap the error. */
export function isMoving(error: unknown): boolean {
  if (sqlState(error) === MOVING) return true;
  return error instanceof Error && error.cause !== undefined && isMoving(error.cause);
}

/** For a write that whoever reads doesn't need: throws the error unless a move refused it. */
export function unlessMoving(error: unknown): void {
  if (!isMoving(error)) throw error;
}

/** SQLSTATE of a statement that took too long. */
export const QUERY_CANCELED = "57014";

/** SQLSTATE of a lock that wasn't free in time. */
export const LOCK_NOT_AVAILABLE = "55P03";

/** SQLSTATE of a session that was ended, such as by a restart. */
export const SHUTDOWN = "57P01";
