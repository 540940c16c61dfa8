import { z } from "zod";

/** How Prisma hands on what the Postgres driver threw. */
const PrismaError = z.object({
  meta: z.object({ driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }) }),
});

/** SQLSTATE classes that blame the values and not the server: data, constraints, limits of size and depth. */
const BAD_DATA = new Set(["22", "23", "54"]);

/** Postgres' five-character code of a failure, or undefined when Postgres did not get to say one. */
export function sqlState(error: unknown): string | undefined {
  return PrismaError.safeParse(error).data?.meta.driverAdapterError.cause.originalCode;
}

/** Whether the same values would fail again however often they are sent. */
export function isBadData(error: unknown): boolean {
  return BAD_DATA.has(sqlState(error)?.slice(0, 2) ?? "");
}
