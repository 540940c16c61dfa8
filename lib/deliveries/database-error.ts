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
function isBadData(error: unknown): boolean {
  return BAD_DATA.has(sqlState(error)?.slice(0, 2) ?? "");
}

/** Whether retrying is useless: Postgres rejected a value, or our own code can't handle it. */
export function isPermanentError(error: unknown): boolean {
  return isBadData(error) || error instanceof TypeError || error instanceof RangeError || error instanceof z.ZodError;
}

/** The reason stored with such a delivery. Contains none of its values. */
export function permanentErrorText(error: unknown): string {
  const state = sqlState(error);
  return state ? `the database refused a value (${state})` : "it could not be stored";
}

/** Retries with each half (bisection), so that one bad value is found in few transactions. */
export async function inHalves<Item, Result>(
  items: readonly Item[],
  store: (items: readonly Item[]) => Promise<Result[]>,
): Promise<Result[]> {
  const middle = Math.ceil(items.length / 2);
  const first = await store(items.slice(0, middle));
  return [...first, ...(await store(items.slice(middle)))];
}
