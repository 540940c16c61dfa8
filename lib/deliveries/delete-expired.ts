import "server-only";
import { z } from "zod";
import { ingestDb } from "@/lib/base/db";
import { env } from "@/lib/base/env";
import { joinSpans } from "@/lib/deliveries/heartbeat/stored-spans";
import { redacted } from "@/lib/deliveries/redact";
import { SENDER } from "@/lib/senders/senders";

/** Rows per transaction: few enough that no delivery waits for it. */
const STEP = 5_000;

/** Deletes uncounted deliveries received before `limit`, except quarantined ones, which may be counted later. */
export async function pruneDeliveries(limit: Date, signal?: AbortSignal): Promise<void> {
  let count: number;
  do {
    count = await ingestDb().$executeRaw`
      delete from delivery where id in (
        select id from delivery where received_at < ${limit} and outcome <> 'quarantined' order by received_at limit ${STEP}
      )`;
  } while (count === STEP && !signal?.aborted);
}

/** Bodies per step: each may have a megabyte. */
const BODIES = 100;

const Bodies = z.array(z.object({ id: z.bigint(), body: z.instanceof(Uint8Array) }));

/** Deletes personal data stored by earlier versions: bodies of events of other types, and what `redacted` removes from the rest. */
export async function redactDeliveries(signal?: AbortSignal): Promise<void> {
  let count: number;
  do {
    count = await ingestDb().$executeRaw`
      update delivery set body = null where id in (
        select id from delivery
        where outcome = 'ignored' and event = any(${[...SENDER.otherEvents]}::text[]) and body is not null limit ${STEP}
      )`;
  } while (count === STEP && !signal?.aborted);
  for (let after = 0n; !signal?.aborted; ) {
    const rows = Bodies.parse(
      await ingestDb().$queryRaw`
        select id, body from delivery
        where id > ${after} and outcome in ('quarantined', 'replayed', 'test') and body is not null
          and encode(body, 'escape') ~ '"(customer|partner)"\\s*:\\s*[{["0-9]' order by id limit ${BODIES}`,
    );
    for (const { id, body } of rows) {
      const data = { body: new Uint8Array(redacted(Buffer.from(body))) };
      // It may have been replayed or deleted meanwhile.
      await ingestDb().delivery.updateMany({ where: { id, body: { not: null } }, data });
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Servers never extend a span that ended this long ago. */
const RESTED_MS = DAY_MS;
/** Charts show up to two years and the two years before. */
const SPANS_KEPT_MS = 4 * 366 * DAY_MS;
/** A little longer than the longest range of the deliveries chart. */
const REFUSALS_KEPT_MS = 100 * DAY_MS;

/** Deletes expired rows: heartbeats, refusals, and uncounted deliveries older than LEDGER_DAYS. */
export async function deleteExpired(now: Date, signal?: AbortSignal): Promise<void> {
  const { LEDGER_DAYS } = env();
  const before = (ms: number) => new Date(now.getTime() - ms);
  if (LEDGER_DAYS !== undefined) await pruneDeliveries(before(LEDGER_DAYS * DAY_MS), signal);
  await redactDeliveries(signal);
  await joinSpans(before(RESTED_MS));
  await ingestDb().reception.deleteMany({ where: { seenAt: { lt: before(SPANS_KEPT_MS) } } });
  await ingestDb().refusal.deleteMany({ where: { minute: { lt: before(REFUSALS_KEPT_MS) } } });
}
