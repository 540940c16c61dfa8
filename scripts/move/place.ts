import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { movedTo } from "@/lib/deliveries/move/mark";
import { connect, withConnection } from "@/scripts/connect";
import { Failure } from "@/scripts/steps";
import { datasetOf } from "./look";

/** Host, port and database of a URL, without user and password. */
export function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || "5432"}/${decodeURIComponent(pathname.slice(1))}`;
}

const FILE = "database-url";

/** Where a move has led an installation without DATABASE_URL; null: its database is the embedded one. */
export function readPlace(dataDir: string): string | null {
  const file = join(dataDir, FILE);
  return existsSync(file) ? readFileSync(file, "utf8").trim() || null : null;
}

/** Keeps that place for the next start; null: the embedded database. Only the owner can read it. */
export function writePlace(dataDir: string, url: string | null): void {
  const file = join(dataDir, FILE);
  if (url === null) {
    rmSync(file, { force: true });
    return;
  }
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${url}\n`, { mode: 0o600, flush: true });
  renameSync(draft, file);
}

/** The URL of the embedded database, while it runs or when it ran last. */
export function embeddedUrl(dataDir: string): string | null {
  const file = join(dataDir, "postgres.url");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : null;
}

type Mark = { role: string; state: string; identity: string; place: string; sealed: Buffer | null; at: Date };

/** What a database is in a move; null: nothing, or it has no tables of this version. */
export async function readMark(url: string): Promise<Mark | null> {
  const client = await connect(url);
  try {
    const known = await client.query<{ table: string | null }>(`select to_regclass('public."move"')::text as table`);
    if (!known.rows[0]?.table) return null;
    return (await client.query<Mark>(`select role, state, identity, place, sealed, at from "move"`)).rows[0] ?? null;
  } finally {
    await client.end();
  }
}

/** @throws Failure when a database is being filled by a move: no server may use it */
export async function assertInUse(url: string): Promise<void> {
  const mark = await readMark(url);
  if (mark?.role === "target" && mark.state !== "done")
    throw new Failure(
      `A move from ${mark.place} to this database isn’t finished. Start Footfall with its old database, and run the same npm run move again.`,
    );
}

const markDone = (url: string) =>
  withConnection(url, (client) =>
    client.query(`update "move" set state = 'done' where role = 'target' and state = 'ready'`),
  );

/** A move and its way back leave one mark; more in a row are a mistake. */
const MOST_MOVES = 8;

/** The embedded database has another port with each start. */
function withoutPort(url: string): string {
  const parts = new URL(url);
  parts.port = "";
  return parts.href;
}

/**
 * Where the data of a database is now: it follows the marks that moves have left.
 *
 * @param embedded URL of the embedded database while it runs
 * @throws Failure when a mark can't be read with this key, or leads to other data, or a database doesn't answer
 */
export async function follow(url: string, key: string | null, embedded: string | null): Promise<string> {
  let place = url;
  for (let moves = 0; moves < MOST_MOVES; moves++) {
    const mark = await readMark(place);
    if (mark?.state !== "moved") {
      // Its source leads here, so the move is done, whoever was to write it down.
      if (mark?.state === "ready" && moves > 0) await markDone(place);
      return place;
    }
    const next = key === null ? null : movedTo(mark.sealed, key);
    if (!next)
      throw new Failure(
        `This installation was moved to ${mark.place}, whose address can’t be read with this key. Set DATABASE_URL to that database.`,
      );
    place = embedded && withoutPort(next) === withoutPort(embedded) ? embedded : next;
    const data = await withConnection(place, datasetOf);
    if (data?.identity !== mark.identity)
      throw new Failure(
        `This installation was moved to ${mark.place}, which has other data as seen from here. Set DATABASE_URL to the database that has it.`,
      );
  }
  throw new Failure("The marks of earlier moves lead in a circle. Set DATABASE_URL to the database that has the data.");
}
