import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { z } from "zod";
import { db } from "@/lib/base/db";
import { mirror } from "@/lib/engines/duckdb/mirror";
import type { Prisma } from "@/lib/generated/prisma/client";

/** Parameter types that both engines support. */
const Values = z.array(z.union([z.string(), z.number(), z.boolean()]));

/**
 * The only way to the engines: validated rows of one statement. The mirror answers when it is current, else Postgres;
 * both return the same rows in the same order. `once`: don't cache the answer.
 */
export async function ask<Row extends z.ZodType>(
  row: Row,
  sql: Prisma.Sql,
  { once = false }: { once?: boolean } = {},
): Promise<z.infer<Row>[]> {
  const begun = performance.now();
  const trace = storage.getStore();
  // A traced statement needs a time, which a cached answer doesn't have.
  const mirrored = await mirror()?.ask(sql.text, Values.parse(sql.values), once || trace !== undefined);
  const rows = mirrored ?? (await db().$queryRaw(sql));
  trace?.push({ engine: mirrored ? "mirror" : "postgres", ms: performance.now() - begun });
  return z.array(row).parse(rows);
}

/** The engine that answered a statement, and its milliseconds. */
type Statement = { engine: "mirror" | "postgres"; ms: number };

const storage = new AsyncLocalStorage<Statement[]>();

/** Runs work and records its statements in the order of their answers. */
export async function traced(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  await storage.run(statements, work);
  return statements;
}
