import type { Click } from "@/lib/generated/prisma/client";
import type { Cursor, Filters } from "@/lib/question/question";
import { clicksOf } from "./holds";
import type { World } from "./world";

type Page = { seqs: string[]; newer: string | null; older: string | null };

/** Newest first; of the same moment, the one that was stored last. */
export function naiveOrder(world: World, filters: Filters): Click[] {
  return clicksOf(world, filters).sort(
    (a, b) => b.clickedAt.getTime() - a.clickedAt.getTime() || Number(b.seq - a.seq),
  );
}

/** A page that ends before, or begins after, a click that is found itself. */
export function naivePage(
  world: World,
  filters: Filters,
  { limit, before, after }: { limit: number; before: Cursor | null; after: Cursor | null },
): Page {
  const all = naiveOrder(world, filters);
  const placeOf = ({ seq }: Cursor) => all.findIndex((click) => String(click.seq) === seq);
  const start = before ? placeOf(before) + 1 : after ? Math.max(placeOf(after) - limit, 0) : 0;
  const end = after ? placeOf(after) : start + limit;
  const page = all.slice(start, end);
  const [first, last] = [page[0], page.at(-1)];
  return {
    seqs: page.map(({ seq }) => String(seq)),
    newer: first && start > 0 ? cursorText(first) : null,
    older: last && end < all.length ? cursorText(last) : null,
  };
}

const cursorText = ({ clickedAt, seq }: Click): string => `${clickedAt.getTime()}-${seq}`;
