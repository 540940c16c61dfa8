import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";

/** Which engine answered one statement, and in how many milliseconds. */
export type Statement = { engine: "mirror" | "postgres"; ms: number };

const storage = new AsyncLocalStorage<Statement[]>();

/** Does the work, and tells which statements it took, in the order in which they were answered. */
export async function traced<T>(work: () => Promise<T>): Promise<{ answer: T; statements: Statement[] }> {
  const statements: Statement[] = [];
  const answer = await storage.run(statements, work);
  return { answer, statements };
}

/** Whether somebody traces the work: then its time is to be told, which an answer from memory would not have. */
export const isTraced = (): boolean => storage.getStore() !== undefined;

/** Notes a statement for whoever traces the work that it belongs to. */
export function noteStatement(statement: Statement): void {
  storage.getStore()?.push(statement);
}
