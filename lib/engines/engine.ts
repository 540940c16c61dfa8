import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { z } from "zod";
import { db } from "@/lib/base/db";
import { mirror } from "@/lib/engines/duckdb/mirror";
import type { Prisma } from "@/lib/generated/prisma/client";

/** What a portable statement may have as parameters. */
const Values = z.array(z.union([z.string(), z.number(), z.boolean()]));

/**
 * The only door to the engines: the rows of one statement, checked. The mirror answers when it is current, else
 * Postgres; both give the same rows in the same order. `once`: nobody will ask it again, so it is not cached.
 */
export async function ask<Row extends z.ZodType>(
  row: Row,
  sql: Prisma.Sql,
  { once = false }: { once?: boolean } = {},
): Promise<z.infer<Row>[]> {
  const begun = performance.now();
  const trace = storage.getStore();
  // The time of traced work is told, which an answer from memory would not have.
  const mirrored = await mirror()?.ask(sql.text, Values.parse(sql.values), once || trace !== undefined);
  const rows = mirrored ?? (await db().$queryRaw(sql));
  trace?.push({ engine: mirrored ? "mirror" : "postgres", ms: performance.now() - begun });
  return z.array(row).parse(rows);
}

/** Which engine answered one statement, and in how many milliseconds. */
type Statement = { engine: "mirror" | "postgres"; ms: number };

const storage = new AsyncLocalStorage<Statement[]>();

/** Does the work, and tells which statements it took, in the order in which they were answered. */
export async function traced(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  await storage.run(statements, work);
  return statements;
}
