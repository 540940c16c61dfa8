import "server-only";
import { upkeepDb } from "@/lib/base/db";
import { DAY } from "@/lib/base/time";
import { joinSpans } from "@/lib/deliveries/heartbeat/stored-spans";
import { inSteps } from "@/lib/deliveries/privacy/retention";
import { throwSaltsAway } from "@/lib/deliveries/privacy/salts";
import { redacted } from "@/lib/deliveries/redact";
import { storedBodies } from "@/lib/deliveries/stored-bodies";
import { Prisma } from "@/lib/generated/prisma/client";
import { SENDER } from "@/lib/senders/senders";

/** Rows per transaction: few enough that no delivery waits for it. */
const STEP = 5_000;

/** Bodies that may name a customer or partner. */
const WITH_PEOPLE = Prisma.sql`
  outcome in ('quarantined', 'replayed', 'test') and encode(body, 'escape') ~ '"(customer|partner)"\\s*:\\s*[{["0-9]'`;

/** Deletes personal data stored by earlier versions: bodies of events of other types, and what `redacted` removes from the rest. */
export async function redactDeliveries(signal?: AbortSignal): Promise<void> {
  const execute = () => upkeepDb().$executeRaw`
    update delivery set body = null where id in (
      select id from delivery
      where outcome = 'ignored' and event = any(${[...SENDER.otherEvents]}::text[]) and body is not null limit ${STEP}
    )`;
  await inSteps(execute, STEP, signal);
  for await (const { id, body } of storedBodies(upkeepDb(), WITH_PEOPLE)) {
    if (signal?.aborted) return;
    const data = { body: new Uint8Array(redacted(Buffer.from(body))) };
    // It may have been replayed or deleted meanwhile.
    await upkeepDb().delivery.updateMany({ where: { id, body: { not: null } }, data });
  }
}

/** Servers never extend a span that ended this long ago. */
const RESTED_MS = DAY;
/** Charts show up to two years and the two years before. */
const SPANS_KEPT_MS = 4 * 366 * DAY;
/** A little longer than the longest range of the deliveries chart. */
const REFUSALS_KEPT_MS = 100 * DAY;

/** Deletes expired rows: heartbeats, refusals, and salts of visitors of earlier days. */
export async function deleteExpired(now: Date, signal?: AbortSignal): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  await throwSaltsAway(now);
  await redactDeliveries(signal);
  await joinSpans(before(RESTED_MS));
  await upkeepDb().reception.deleteMany({ where: { seenAt: { lt: before(SPANS_KEPT_MS) } } });
  await upkeepDb().refusal.deleteMany({ where: { minute: { lt: before(REFUSALS_KEPT_MS) } } });
}
