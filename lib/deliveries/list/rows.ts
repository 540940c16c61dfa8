import "server-only";
import { db } from "@/lib/base/db";
import { clickWhere, deliveryWhere, type ListFilters } from "@/lib/deliveries/list/filters";
import type { Delivery } from "@/lib/generated/prisma/client";

/** A position in the list: the numbers of the last click and the last other delivery shown; null before the first. */
type DeliveryCursor = { seq: bigint | null; id: bigint | null };

const FORM = /^(\d{0,18})\.(\d{0,18})$/;

/** A cursor as a URL parameter. */
export const formatDeliveryCursor = ({ seq, id }: DeliveryCursor): string => `${seq ?? ""}.${id ?? ""}`;

/** The inverse; null for text that isn't a cursor. */
export function parseDeliveryCursor(text: string): DeliveryCursor | null {
  const [, seq, id] = FORM.exec(text) ?? [];
  if (seq === undefined || id === undefined) return null;
  return { seq: seq === "" ? null : BigInt(seq), id: id === "" ? null : BigInt(id) };
}

/** Merges two lists, newest first. Each keeps its order, so that paging shows every row once even if clocks were wrong. */
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

/** One delivery. `id`: `c` and the click's number if it was counted, else `d` and the delivery's number. */
export type ListedDelivery = Omit<Delivery, "id" | "replayedAt" | "body" | "visitor" | "addressCut"> & { id: string };

const SHARED = { receivedAt: true, eventId: true, linkId: true, clickId: true, clickedAt: true, secretId: true };

type Page = { filters: ListFilters; before: DeliveryCursor; limit: number; now: Date };

async function otherRows({ filters, before, limit, now }: Page): Promise<ListedDelivery[]> {
  if (filters.outcome === "counted") return [];
  const rows = await db().delivery.findMany({
    where: { ...deliveryWhere(filters, now), ...(before.id !== null && { id: { lt: before.id } }) },
    select: { ...SHARED, id: true, event: true, outcome: true, reason: true },
    orderBy: { id: "desc" },
    take: limit,
  });
  return rows.map(({ id, ...row }) => ({ ...row, id: `d${id}` }));
}

async function countedRows({ filters, before, limit, now }: Page): Promise<ListedDelivery[]> {
  const where = clickWhere(filters, now);
  if (!where) return [];
  const found = await db().click.findMany({
    where: { ...where, ...(before.seq !== null && { seq: { lt: before.seq } }) },
    select: { ...SHARED, seq: true },
    // Few rows match an id. With an order and limit, Postgres would scan the whole index of numbers for them.
    ...(filters.id === null && { orderBy: { seq: "desc" }, take: limit }),
  });
  const rows = found.sort((a, b) => (a.seq < b.seq ? 1 : -1)).slice(0, limit);
  const same = { event: "link.clicked", outcome: "counted", reason: "counted" };
  return rows.map(({ seq, ...row }) => ({ ...row, ...same, id: `c${seq}` }));
}

/** Cursor after the last row shown. */
function cursorAfter(rows: readonly ListedDelivery[], before: DeliveryCursor): DeliveryCursor {
  const last = (kind: string) => rows.findLast(({ id }) => id.startsWith(kind))?.id.slice(1);
  const [seq, id] = [last("c"), last("d")];
  return { seq: seq ? BigInt(seq) : before.seq, id: id ? BigInt(id) : before.id };
}

/** Counted and other deliveries, newest first. `older`: cursor of the next page, or null on the last. */
export async function answerDeliveries(
  filters: ListFilters,
  { before = { seq: null, id: null }, limit, now }: { before?: DeliveryCursor; limit: number; now: Date },
): Promise<{ rows: ListedDelivery[]; older: string | null }> {
  const page = { filters, before, limit: limit + 1, now };
  const [counted, others] = await Promise.all([countedRows(page), otherRows(page)]);
  const rows = mergeNewest(counted, others, limit);
  const isLast = counted.length + others.length <= limit;
  return { rows, older: isLast ? null : formatDeliveryCursor(cursorAfter(rows, before)) };
}

/** Longest body shown, in characters. */
const MAX_SHOWN = 100_000;

/** An uncounted delivery with everything that is stored about it. */
export type DeliveryDetail = Omit<Delivery, "id" | "body" | "visitor"> & {
  id: string;
  /** Text, indented if it is JSON; null when the body wasn't stored. */
  body: { text: string; bytes: number; isCut: boolean } | null;
};

function bodyWords(bytes: Uint8Array): NonNullable<DeliveryDetail["body"]> {
  const raw = new TextDecoder().decode(bytes);
  let text = raw;
  try {
    text = JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    // Not JSON, which is why it was quarantined.
  }
  return { text: text.slice(0, MAX_SHOWN), bytes: bytes.byteLength, isCut: text.length > MAX_SHOWN };
}

/** One uncounted delivery by its id (`d` and a number), or null. */
export async function answerDelivery(name: string): Promise<DeliveryDetail | null> {
  const [, number] = /^d(\d{1,18})$/.exec(name) ?? [];
  if (!number) return null;
  const found = await db().delivery.findUnique({ where: { id: BigInt(number) }, omit: { visitor: true } });
  return found && { ...found, id: name, body: found.body && bodyWords(found.body) };
}

/** More than anybody reads. A sender with the secret could create any number of reasons. */
const MAX_GROUPS = 100;

/** Why deliveries are in quarantine, the most frequent reason first, with the times of the first and newest. */
export async function answerReasons() {
  const groups = await db().delivery.groupBy({
    by: ["reason"],
    where: { outcome: "quarantined" },
    _count: true,
    _min: { receivedAt: true },
    _max: { receivedAt: true },
    orderBy: [{ _count: { reason: "desc" } }, { reason: "asc" }],
    take: MAX_GROUPS,
  });
  return groups.flatMap(({ reason, _count, _min, _max }) =>
    _min.receivedAt && _max.receivedAt
      ? { reason, deliveries: _count, first: _min.receivedAt, newest: _max.receivedAt }
      : [],
  );
}

/** When the newest delivery that wasn't counted came, and what became of it; null without any. */
export const newestUncounted = () =>
  db().delivery.findFirst({ orderBy: { receivedAt: "desc" }, select: { outcome: true, receivedAt: true } });
