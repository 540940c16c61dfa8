import "server-only";
import { z } from "zod";
import { databaseUrl, goOnWith } from "@/lib/base/database-parts";
import { probeDb } from "@/lib/base/db";
import { log } from "@/lib/base/log";
import { serverKey } from "@/lib/deliveries/secrets/secret";
import { movedTo } from "./mark";

const Marks = z.array(z.object({ state: z.string(), place: z.string(), sealed: z.instanceof(Uint8Array).nullable() }));

/** Back and forth between two databases leaves one mark; more are a mistake. */
const MOST_MOVES = 8;

async function next(): Promise<string | null> {
  const [mark] = Marks.parse(await probeDb().$queryRaw`select state, place, sealed from "move"`);
  if (mark?.state === "ready") {
    // Whoever wrote the source's mark ended before it wrote this one.
    await probeDb().$executeRaw`update "move" set state = 'done' where state = 'ready'`;
  }
  if (mark?.state !== "moved") return null;
  const url = movedTo(mark.sealed, serverKey());
  if (url === null) log.error({ place: mark.place }, "move: the new address can’t be read with this SECRET_KEY");
  return url;
}

/**
 * Goes on with the database that has the data, if a move has led there. A database that was never left is marked as the
 * one in use.
 *
 * @returns whether it is another than before
 */
export async function followMove(): Promise<boolean> {
  const before = databaseUrl();
  for (let moves = 0; moves < MOST_MOVES; moves++) {
    const url = await next();
    if (url === null) break;
    goOnWith(url);
  }
  if (databaseUrl() === before) return false;
  log.warn({}, "move: the data is in another database now, going on with that one");
  return true;
}
