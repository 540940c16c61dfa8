import { z } from "zod";

/** Prisma's wrapper of the Postgres driver's error. */
const PrismaError = z.object({
  meta: z.object({ driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }) }),
});

/** The SQLSTATE of an error; undefined when Postgres didn't answer. */
export function sqlState(error: unknown): string | undefined {
  return PrismaError.safeParse(error).data?.meta.driverAdapterError.cause.originalCode;
}

/** SQLSTATE of a statement that took too long. */
export const QUERY_CANCELED = "57014";

/** SQLSTATE of a lock that wasn't free in time. */
export const LOCK_NOT_AVAILABLE = "55P03";
