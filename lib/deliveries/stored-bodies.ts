import "server-only";
import { z } from "zod";
import { Prisma } from "@/lib/generated/prisma/client";

/** Bodies per query: each may have a megabyte. */
const STEP = 100;

const Bodies = z.array(z.object({ id: z.bigint(), body: z.instanceof(Uint8Array) }));

/** Bodies of listed deliveries that match a condition, with their ids, in order. */
export async function* storedBodies(tx: Prisma.TransactionClient, where: Prisma.Sql) {
  for (let after = 0n; ; ) {
    const sql = Prisma.sql`
      select id, body from delivery where id > ${after} and body is not null and ${where} order by id limit ${STEP}`;
    const rows = Bodies.parse(await tx.$queryRaw(sql));
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}
