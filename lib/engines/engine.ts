import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { z } from "zod";
import { db } from "@/lib/base/db";
import { QUERY_CANCELED, sqlState } from "@/lib/base/sql-state";
import type { Counted, Engine, Selection, Slots } from "@/lib/click/selection";
import type { MirrorRow } from "@/lib/engines/duckdb/database";
import { mirror } from "@/lib/engines/duckdb/process-mirror";
import { TookTooLong } from "@/lib/engines/too-long";
import type { Prisma } from "@/lib/generated/prisma/client";

/** Parameter types that both engines support. */
const Values = z.array(z.union([z.string(), z.number(), z.boolean()]));

type Options = { counted?: Counted /** Don't cache the answer. */; once?: boolean };

/**
 * The only way to the engines: validated rows of one statement, which may differ in what an engine does faster. Decides who
 * answers: the mirror when it is current, from counts if the question is `counted`; else Postgres. All return the same rows
 * in the same order.
 *
 * @throws TookTooLong when the statement was ended
 */
export async function ask<Row extends z.ZodType>(
  row: Row,
  sqlFor: (engine: Engine) => Prisma.Sql,
  { counted, once = false }: Options = {},
): Promise<z.infer<Row>[]> {
  const begun = performance.now();
  const trace = storage.getStore();
  // A traced statement needs a time, which a cached answer doesn't have.
  const isFresh = once || trace !== undefined;
  const mirrored = await askMirror(sqlFor, counted, isFresh);
  const rows = mirrored?.rows ?? (await db().$queryRaw(sqlFor("postgres")).catch(late));
  trace?.push({ by: mirrored?.by ?? "postgres", ms: performance.now() - begun });
  return z.array(row).parse(rows);
}

/** @throws TookTooLong for a statement that Postgres ended, else the error */
function late(error: unknown): never {
  throw sqlState(error) === QUERY_CANCELED ? new TookTooLong(error) : error;
}

/** The mirror's rows; null when it doesn't answer. */
async function askMirror(
  sqlFor: (engine: Engine) => Prisma.Sql,
  counted: Counted | undefined,
  once: boolean,
): Promise<{ rows: MirrorRow[]; by: AnsweredBy } | null> {
  const own = mirror();
  if (!own) return null;
  const plain = sqlFor("mirror");
  if (counted && !own.status().hasDiffered) {
    const rows = await own.askCounts(counted, plain, once);
    return rows && { rows, by: "counts" };
  }
  const rows = await own.ask(plain.text, Values.parse(plain.values), once);
  return rows && { rows, by: "mirror" };
}

/** Number of the last click in the mirror, before which none is missing; null while it doesn’t answer. */
export const lastMirrored = (): bigint | null => mirror()?.last() ?? null;

/** Clicks of a selection by slot; null when the mirror doesn't answer, or its counts are doubted. */
export async function askSlots(selection: Selection): Promise<Slots | null> {
  const begun = performance.now();
  const trace = storage.getStore();
  const own = mirror();
  const rows = own?.status().hasDiffered ? null : await own?.askSlots(selection, trace !== undefined);
  if (!rows) return null;
  trace?.push({ by: "counts", ms: performance.now() - begun });
  return rows;
}

/** Who answers a statement; `counts`: the mirror, from counts that questions share. */
export type AnsweredBy = Engine | "counts";

/** Who answered a statement, and in how many milliseconds. */
type Statement = { by: AnsweredBy; ms: number };

const storage = new AsyncLocalStorage<Statement[]>();

/** Runs work and records its statements in the order of their answers. */
export async function traced(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  await storage.run(statements, work);
  return statements;
}
