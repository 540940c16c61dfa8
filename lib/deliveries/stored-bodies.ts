import "server-only";
import { setImmediate as breathe } from "node:timers/promises";
import { z } from "zod";
import { Prisma } from "@/lib/generated/prisma/client";

/** Bodies per query: each may have a megabyte. */
const STEP = 100;
/** Bodies that are read before other work gets the processor. */
const BREATH = 10;

const StoredBody = z.object({
  id: z.bigint(),
  receivedAt: z.date(),
  body: z.instanceof(Uint8Array),
  /** Told before its address was cut; null for any other. */
  visitor: z.string().nullable(),
  addressCut: z.boolean(),
});
export type StoredBody = z.infer<typeof StoredBody>;
const Bodies = z.array(StoredBody);

/** Bodies of listed deliveries that match a condition, in the order of their ids. */
export async function* storedBodies(tx: Prisma.TransactionClient, where: Prisma.Sql) {
  for (let after = 0n; ; ) {
    const sql = Prisma.sql`
      select id, received_at as "receivedAt", body, visitor, address_cut as "addressCut" from delivery
      where id > ${after} and body is not null and ${where} order by id limit ${STEP}`;
    const rows = Bodies.parse(await tx.$queryRaw(sql));
    for (const [at, row] of rows.entries()) {
      if (at % BREATH === 0) await breathe();
      yield row;
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}
