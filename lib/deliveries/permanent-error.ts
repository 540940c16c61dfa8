import { z } from "zod";
import { isBadData, sqlState } from "@/lib/deliveries/database-error";

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
