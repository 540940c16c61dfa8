import "server-only";
import type { Viewer } from "@/lib/access/viewer";
import { clicksBySeq, newestSeq, seqsStoredAfter } from "@/lib/question/answer/clicks";
import type { ListedClick } from "@/lib/question/answers";
import type { Filters } from "@/lib/question/question";

/** Numbers become visible out of order: so many below the highest are looked at again. */
const WINDOW = 500n;
/** More at once is a backlog; who watches sees the last of it, and the numbers hold all. */
const MOST = 50;
/** Numbers that are read at once. */
const STEP = Number(WINDOW) * 10;

/** Gives the clicks that match and were not given before, the oldest first; `place` is up to where was looked. */
export type Feed = {
  next: () => Promise<{ clicks: ListedClick[]; place: string; omitted: number }>;
  place: () => string;
};

/**
 * The clicks that are stored from now on, or from after a number on, that match the filters of the moment.
 *
 * @param after where an earlier feed was left, or null
 */
export async function createFeed(viewer: Viewer, filters: () => Filters, after: string | null): Promise<Feed> {
  let place = BigInt(after ?? (await newestSeq(viewer)));
  const start = place;
  const given = new Set<string>();
  // What can be seen already below the start is not new, the rest of the window is.
  for (const seq of await seqsStoredAfter(viewer, filters(), below(place), Number(WINDOW))) {
    if (BigInt(seq) <= start) given.add(seq);
  }

  return {
    place: () => String(place),
    async next() {
      // Before the clicks are read: what is stored meanwhile has a higher number, or one within the window.
      const newest = BigInt(await newestSeq(viewer));
      const found = await seqsStoredAfter(viewer, filters(), below(place), STEP);
      const fresh = found.filter((seq) => !given.has(seq));
      for (const seq of fresh) given.add(seq);
      const last = BigInt(found.at(-1) ?? 0);
      // However few of them match, nobody looks at all clicks since the beginning again.
      const seen = found.length < STEP && newest > last ? newest : last;
      if (seen > place) place = seen;
      for (const seq of given) if (BigInt(seq) <= place - WINDOW) given.delete(seq);
      const shown = fresh.slice(-MOST);
      const clicks = await clicksBySeq(viewer, shown);
      return { clicks, place: String(place), omitted: fresh.length - shown.length };
    },
  };
}

const below = (place: bigint): string => String(place > WINDOW ? place - WINDOW : 0n);
