import { timeOf } from "@/lib/base/time";
import type { Destination } from "@/lib/generated/prisma/client";

/** One link's destinations in order; of several at the same time, what was said last. */
export function inOrder(destinations: readonly Destination[]): Destination[] {
  const sorted = destinations.toSorted(
    (a, b) => a.since.getTime() - b.since.getTime() || timeOf(a.saidAt) - timeOf(b.saidAt),
  );
  return sorted.filter(({ since }, at) => since.getTime() !== sorted[at + 1]?.since.getTime());
}
