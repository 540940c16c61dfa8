import "server-only";
import { z } from "zod";
import { ingestDb } from "@/lib/base/db";
import { addressSql, mentionsAddress } from "@/lib/deliveries/address-match";
import { storedBodies } from "@/lib/deliveries/stored-bodies";
import { Prisma } from "@/lib/generated/prisma/client";

const PAGE = 1_000;

const ClickRow = z.object({ seq: z.string(), click: z.record(z.string(), z.unknown()) });

/** A click as stored, by column; or the body of a delivery that wasn't counted, as it was received. */
type Kept = { kind: "click"; click: Record<string, unknown> } | { kind: "delivery"; id: string; body: string };

async function* clicksOf(ip: string): AsyncGenerator<Kept> {
  for (let after = "0"; ; ) {
    const rows = z.array(ClickRow).parse(
      await ingestDb().$queryRaw(Prisma.sql`
        select seq::text as seq, to_jsonb(click) as click from click
        where seq > ${after}::bigint and ${addressSql(ip)} order by click.seq limit ${PAGE}`),
    );
    for (const { click } of rows) yield { kind: "click", click };
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.seq;
  }
}

/** All that the database has about an IP address, in any notation: clicks in order of arrival, then deliveries' bodies. */
export async function* keptOf(ip: string): AsyncGenerator<Kept> {
  yield* clicksOf(ip);
  for await (const { id, body } of storedBodies(ingestDb(), Prisma.sql`true`)) {
    if (mentionsAddress(body, ip)) yield { kind: "delivery", id: id.toString(), body: Buffer.from(body).toString() };
  }
}
