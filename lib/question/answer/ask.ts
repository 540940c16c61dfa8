import "server-only";
import type { z } from "zod";
import { type ClickDimensionKey, FIELD_OF } from "@/lib/click/dimensions";
import { FIELDS } from "@/lib/click/fields";
import type { Counts, Slots } from "@/lib/click/selection";
import { ask, askSlots } from "@/lib/engines/engine";
import { Prisma } from "@/lib/generated/prisma/client";
import type { Span } from "@/lib/question/plan";
import { type EnginePlan, type ResolvedPlan, selectionOf } from "@/lib/question/where-sql";

/** Asks an engine about a plan. */
export const askPlan = <Row extends z.ZodType, P extends ResolvedPlan>(
  row: Row,
  plan: P,
  sqlOf: (plan: P & EnginePlan) => Prisma.Sql,
  options: { once?: boolean } = {},
): Promise<z.infer<Row>[]> => ask(row, (engine) => sqlOf({ ...plan, engine }), options);

const onMirror = <P extends ResolvedPlan>(plan: P): P & EnginePlan => ({ ...plan, engine: "mirror" });

type Counting = { by: readonly ClickDimensionKey[]; comparison?: Span | null; order?: Prisma.Sql };

/**
 * The same for a question that only counts clicks by some dimensions, in the plan's span and in that of a comparison.
 * Without counts, `sqlOf` counts clicks.
 */
export function askCounts<Row extends z.ZodType, P extends ResolvedPlan>(
  row: Row,
  plan: P,
  { by, comparison = null, order = Prisma.empty }: Counting,
  sqlOf: (plan: P & EnginePlan, counts?: readonly Counts[]) => Prisma.Sql,
): Promise<z.infer<Row>[]> {
  const mirrored = onMirror(plan);
  const spans: Span[] = comparison ? [plan, comparison] : [plan];
  return ask(row, (engine) => sqlOf({ ...plan, engine }), {
    counted: {
      selections: spans.map((span) => selectionOf(mirrored, span)),
      columns: by.map((key) => FIELDS[FIELD_OF[key]].column),
      order,
      sql: (counts) => sqlOf(mirrored, counts),
    },
  });
}

/** A plan's clicks by slot; null where the mirror doesn't answer. */
export const slotsOf = (plan: ResolvedPlan, span: Span = plan): Promise<Slots | null> =>
  askSlots(selectionOf(onMirror(plan), span));
