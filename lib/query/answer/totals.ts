import "server-only";
import { z } from "zod";
import type { Viewer } from "@/lib/access/viewer";
import type { Counts, Totals } from "@/lib/query/answers";
import { ask } from "@/lib/query/engine";
import type { Filters } from "@/lib/query/filters";
import { type Plan, planClicks, planComparison } from "@/lib/query/plan";
import { resolve } from "@/lib/query/resolve";
import { totalsSql } from "@/lib/query/sql";

// Whoever is signed in may read everything; each answer still asks for the viewer, so that roles have a place.

const Row = z.object({ clicks: z.int(), visitors: z.int(), links: z.int() });
const NOTHING: Counts = { clicks: 0, visitors: 0, links: 0 };

/** How many clicks, by how many visitors, on how many links. */
export async function answerTotals(_viewer: Viewer, filters: Filters): Promise<Totals> {
  if (filters.problems.length > 0) return NOTHING;
  const comparison = planComparison(filters);
  const [counts, previous] = await Promise.all([count(planClicks(filters)), comparison && count(comparison)]);
  return previous ? { ...counts, previous } : counts;
}

async function count(plan: Plan): Promise<Counts> {
  const [row] = await ask(Row, totalsSql(await resolve(plan)));
  return row ?? NOTHING;
}
