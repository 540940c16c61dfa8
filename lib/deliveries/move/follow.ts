import "server-only";
import pg from "pg";
import { z } from "zod";
import { databaseUrl, goOnWith } from "@/lib/base/database-parts";
import { db } from "@/lib/base/db";
import { log } from "@/lib/base/log";
import { single } from "@/lib/base/runtime";
import { serverKey } from "@/lib/deliveries/secrets/secret";
import { movedTo } from "./mark";

const Marks = z.array(
  z.object({ state: z.string(), identity: z.string(), place: z.string(), sealed: z.instanceof(Uint8Array).nullable() }),
);
type Mark = z.infer<typeof Marks>[number];

/** Back and forth between two databases leaves one mark; more are a mistake. */
const MOST_MOVES = 8;
const CONNECT_MS = 3_000;

const trouble = single("trouble with a move", () => ({ isLogged: false }));

/** Where a mark leads, once it answers. Until then this server shows what it has, and deliveries wait in the spool. */
async function leadOf({ sealed, place, identity }: Mark): Promise<string | null> {
  try {
    const url = movedTo(sealed, serverKey());
    if (url === null) throw new Error("its address can’t be read with this SECRET_KEY");
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
    client.on("error", () => {});
    await client.connect();
    const { rows } = await client
      .query("select from dataset where identity = $1", [identity])
      .finally(() => client.end());
    if (rows.length === 0) throw new Error("what is there has other data");
    trouble().isLogged = false;
    return url;
  } catch (error) {
    if (!trouble().isLogged)
      log.error({ err: error, place }, "move: the data was moved, but this server can’t reach its new place");
    trouble().isLogged = true;
    return null;
  }
}

async function next(): Promise<string | null> {
  const [mark] = Marks.parse(await db().$queryRaw`select state, identity, place, sealed from "move"`);
  // This server has come from the source, whose mark is the last that is written before this one.
  if (mark?.state === "ready") await db().$executeRaw`update "move" set state = 'done' where state = 'ready'`;
  return mark?.state === "moved" ? leadOf(mark) : null;
}

/** An outage is told by whoever needs the database; this is asked again in a second. */
function ignore(error: unknown): null {
  log.debug({ err: error }, "move: the database doesn’t say whether it was moved");
  return null;
}

/**
 * Goes on with the database that has the data, if a move has led to another one.
 *
 * @returns whether it is another than before
 */
export async function followMove(): Promise<boolean> {
  const before = databaseUrl();
  for (let moves = 0; moves < MOST_MOVES; moves++) {
    const url = await next().catch(ignore);
    if (url === null) break;
    goOnWith(url);
  }
  if (databaseUrl() === before) return false;
  log.warn({}, "move: the data is in another database now, going on with that one");
  return true;
}
