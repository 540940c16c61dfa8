import { z } from "zod";
import { isBadData, sqlState } from "@/lib/deliveries/database-error";

/** What sending again does not cure: values that Postgres refuses, and what our own code cannot handle. */
export function isPermanentError(error: unknown): boolean {
  return isBadData(error) || error instanceof TypeError || error instanceof RangeError || error instanceof z.ZodError;
}

/** Why such a delivery is quarantined. Quotes nothing of it. */
export function permanentErrorText(error: unknown): string {
  const state = sqlState(error);
  return state ? `the database refused a value (${state})` : "it could not be stored";
}

/** Goes on with each half: the one bad value is found after few transactions, however many deliveries there are. */
export async function inHalves<Item, Result>(
  items: readonly Item[],
  store: (items: readonly Item[]) => Promise<Result[]>,
): Promise<Result[]> {
  const middle = Math.ceil(items.length / 2);
  const first = await store(items.slice(0, middle));
  return [...first, ...(await store(items.slice(middle)))];
}
