import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import { type Counted, type Counts, type Selection, selectionKey } from "@/lib/click/selection";
import { slotsSql, valuesSql } from "@/lib/engines/duckdb/counts-sql";
import type { MirrorRow, Statement, Value } from "@/lib/engines/duckdb/database";
import { Prisma } from "@/lib/generated/prisma/client";

/** Questions of one turn about the same clicks, and the columns by which they count them. */
type Turn = { columns: Set<string>; questions: Counted[]; rows: Promise<MirrorRow[]> };

function turnSql(selections: readonly Selection[], { columns, questions }: Turn): Prisma.Sql {
  const counts = selections.map((_, at) => ({ values: Prisma.raw(`values_${at}`), slots: Prisma.raw(`slots_${at}`) }));
  const counted = counts.flatMap(({ values, slots }, at) => {
    const selection = selections[at];
    if (!selection) return [];
    return [
      Prisma.sql`${values} as materialized (${valuesSql(selection, [...columns])})`,
      // Not counted unless a question reads it.
      Prisma.sql`${slots} as (${slotsSql(selection)})`,
    ];
  });
  const answers = questions.map(
    ({ sql, order }, at) => Prisma.sql`
      select ${Prisma.raw(String(at))} as question, cast(row_number() over (${order}) as integer) as place,
        to_json(answer) as json
      from (${sql(counts)}) as answer`,
  );
  return Prisma.sql`with ${Prisma.join(counted)} ${Prisma.join(answers, " union all ")}`;
}

/** Stands for any counts where a question is only identified. */
const UNNAMED: Counts = { values: Prisma.raw("values"), slots: Prisma.raw("slots") };

/** Identifies a question. */
export function countedKey({ selections, columns, sql }: Counted): unknown[] {
  const { text, values } = sql(selections.map(() => UNNAMED));
  return [text, ...values, ...columns, ...selections.map(selectionKey)];
}

/** Runs a statement that is made when its turn comes. */
type Read = (make: () => Statement) => Promise<MirrorRow[]>;

/**
 * Answers questions that only count clicks. Those about the same clicks that come within a moment, or while all connections
 * are busy, share one statement, and so one pass over the clicks.
 *
 * @param gatherMs how long a pass over the clicks waits for other questions about them
 */
export function createCounts(gatherMs: number) {
  const open = new Map<string, Turn>();

  function newTurn(key: string, selections: readonly Selection[], read: Read): Turn {
    const turn: Turn = { columns: new Set(), questions: [], rows: Promise.resolve([]) };
    const close = () => {
      if (open.get(key) === turn) open.delete(key);
    };
    const statement = (): Statement => {
      close();
      const { text, values } = turnSql(selections, turn);
      return [text, values as Value[]];
    };
    const isPass = selections.some(({ where }) => where !== null);
    turn.rows = (isPass ? delay(gatherMs) : nextTurn()).then(() => read(statement)).finally(close);
    open.set(key, turn);
    return turn;
  }

  return async function ask(version: string, counted: Counted, read: Read): Promise<MirrorRow[]> {
    const { selections, columns } = counted;
    const key = JSON.stringify([version, ...selections.map(selectionKey)]);
    const turn = open.get(key) ?? newTurn(key, selections, read);
    for (const column of columns) turn.columns.add(column);
    const own = turn.questions.push(counted) - 1;
    const rows = (await turn.rows).filter(({ question }) => question === own);
    // A union has no order.
    rows.sort((a, b) => Number(a.place) - Number(b.place));
    return rows.map(({ json }) => JSON.parse(String(json)));
  };
}
