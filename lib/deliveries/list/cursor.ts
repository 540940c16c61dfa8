/**
 * A position in the list of deliveries, which has two sources: the numbers of the last click and of the last other delivery
 * shown. Null: the start of that source.
 */
export type DeliveryCursor = { seq: bigint | null; id: bigint | null };

const FORM = /^(\d{0,18})\.(\d{0,18})$/;

/** A cursor as a URL parameter. */
export const formatDeliveryCursor = ({ seq, id }: DeliveryCursor): string => `${seq ?? ""}.${id ?? ""}`;

/** The inverse; null for text that isn't a cursor. */
export function parseDeliveryCursor(text: string): DeliveryCursor | null {
  const [, seq, id] = FORM.exec(text) ?? [];
  if (seq === undefined || id === undefined) return null;
  return { seq: seq === "" ? null : BigInt(seq), id: id === "" ? null : BigInt(id) };
}

/**
 * The newest of two lists, each with its newest first, as far as `limit` goes. Each list keeps its own order, so that
 * going on from where it was left shows every row once, whatever the clocks say.
 */
export function mergeNewest<Row extends { receivedAt: Date }>(
  some: readonly Row[],
  others: readonly Row[],
  limit: number,
): Row[] {
  const merged: Row[] = [];
  let [a, b] = [0, 0];
  while (merged.length < limit) {
    const [left, right] = [some[a], others[b]];
    if (left && (!right || left.receivedAt >= right.receivedAt)) {
      merged.push(left);
      a++;
    } else if (right) {
      merged.push(right);
      b++;
    } else break;
  }
  return merged;
}
