import "server-only";
import { z } from "zod";
import { ask } from "@/lib/query/engine";
import { extentSql } from "@/lib/query/sql";
import type { ResolvedPlan } from "@/lib/query/where-sql";
import { SLOT } from "@/lib/time";

const Extent = z.object({ first: z.int().nullable(), last: z.int().nullable() });

/** The first and last slot of all clicks, or of a plan's; null when there are none. */
export async function extentOf(plan: ResolvedPlan | null): Promise<{ first: number; last: number } | null> {
  const [extent] = await ask(Extent, extentSql(plan));
  return extent && extent.first !== null && extent.last !== null ? { first: extent.first, last: extent.last } : null;
}

/**
 * The plan's span with both ends: without a start it begins with the first click, without an end it lasts until now, or
 * until the last click when that is later. Null when it has no start and no click.
 */
export async function closedSpan(plan: ResolvedPlan, now: Date): Promise<{ from: Date; to: Date } | null> {
  if (plan.from && plan.to) return { from: plan.from, to: plan.to };
  const extent = await extentOf(plan);
  const from = plan.from ?? (extent && new Date(extent.first * SLOT));
  if (!from) return null;
  return { from, to: plan.to ?? new Date(Math.max(now.getTime(), extent ? (extent.last + 1) * SLOT : 0)) };
}
