import "server-only";
import { z } from "zod";
import { upkeepDb } from "@/lib/base/db";
import { storedBodies } from "@/lib/deliveries/stored-bodies";
import { type VisitorMatch, visitorMatch, type Whose } from "@/lib/deliveries/visitor-match";
import { Prisma } from "@/lib/generated/prisma/client";

const PAGE = 1_000;

const ClickRow = z.object({ seq: z.string(), click: z.record(z.string(), z.unknown()) });

/** A click as stored, by column; or the body of a delivery that wasn't counted, as it was received. */
type Kept = { kind: "click"; click: Record<string, unknown> } | { kind: "delivery"; id: string; body: string };

async function* clicksOf({ clicks }: VisitorMatch): AsyncGenerator<Kept> {
  for (let after = "0"; ; ) {
    const rows = z.array(ClickRow).parse(
      await upkeepDb().$queryRaw(Prisma.sql`
        select seq::text as seq, to_jsonb(click) as click from click
        where seq > ${after}::bigint and ${clicks} order by click.seq limit ${PAGE}`),
    );
    for (const { click } of rows) yield { kind: "click", click };
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.seq;
  }
}

/**
 * All that the database has about a visitor: clicks in order of arrival, then deliveries' bodies. Of an address in any
 * notation, also where it was cut, as far as `visitorMatch` can tell.
 */
export async function* keptOf(whose: Whose): AsyncGenerator<Kept> {
  const match = await visitorMatch(upkeepDb(), whose);
  yield* clicksOf(match);
  for await (const row of storedBodies(upkeepDb(), Prisma.sql`true`)) {
    if (match.hasBody(row)) yield { kind: "delivery", id: row.id.toString(), body: Buffer.from(row.body).toString() };
  }
}

/** How much a file holds. */
export type KeptCount = { clicks: number; deliveries: number };

/**
 * The same as lines of JSON. The last one says how many there are: a file without it isn't complete.
 *
 * @param count is increased with each line
 */
export async function* keptLines(
  whose: Whose,
  count: KeptCount = { clicks: 0, deliveries: 0 },
): AsyncGenerator<string> {
  for await (const kept of keptOf(whose)) {
    count[kept.kind === "click" ? "clicks" : "deliveries"] += 1;
    yield `${JSON.stringify(kept)}\n`;
  }
  yield `${JSON.stringify({ kind: "end", ...count })}\n`;
}
