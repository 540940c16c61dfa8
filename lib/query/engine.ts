import "server-only";
import { z } from "zod";
import { db } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";
import { mirror } from "@/lib/mirror/instance";
import { isTraced, noteStatement } from "@/lib/query/trace";

/** What a portable statement may have as parameters. */
const Values = z.array(z.union([z.string(), z.number(), z.boolean()]));

/**
 * The only door to the engines: the rows of one statement, checked. The mirror answers when it is current, otherwise
 * Postgres does; both give the same rows in the same order.
 *
 * @param options.once whether nobody will ask it again, as with a part of an export: its answer is not remembered
 */
export async function ask<Row extends z.ZodType>(
  row: Row,
  sql: Prisma.Sql,
  { once = false }: { once?: boolean } = {},
): Promise<z.infer<Row>[]> {
  const begun = performance.now();
  const mirrored = await mirror()?.ask(sql.text, Values.parse(sql.values), once || isTraced());
  const rows = mirrored ?? (await db().$queryRaw(sql));
  noteStatement({ engine: mirrored ? "mirror" : "postgres", ms: performance.now() - begun });
  return z.array(row).parse(rows);
}
