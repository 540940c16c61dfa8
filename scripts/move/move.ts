import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Client, DatabaseError } from "pg";
import { WRITE_LOCK } from "@/lib/base/write-lock";
import { sealUrl } from "@/lib/deliveries/move/mark";
import { withConnection } from "@/scripts/connect";
import { migrate } from "@/scripts/migrate";
import { Failure, say, step } from "@/scripts/steps";
import { type Difference, differences, repair } from "./compare";
import { copyRows, copyUpTo, reached, SETTINGS } from "./copy";
import { type Freeze, freeze, removeGuards, removeLeftGuards } from "./freeze";
import { datasetOf, lookAtTarget, sameDatabase, type Target } from "./look";
import { placeOf, readMark, writePlace } from "./place";
import { progress } from "./progress";
import { setSequences } from "./sequences";
import { quoted, readTables, type Table } from "./tables";

export type Plan = {
  source: string;
  target: string;
  key: string;
  dataDir: string;
  /** Whether the target is the embedded database. */
  isEmbedded: boolean;
  /** Whether DATABASE_URL is a setting of the server's, which no command can change. */
  hasSetting: boolean;
};

type Sides = { source: Client; target: Client; own: { identity: string; key: string | null } };

/** One run at a time writes to a target: a connection of a run that was killed may live on for a moment. */
const RUN_LOCK = 7_041_779;
const RUN_LOCK_MS = 60_000;
/** Passes that copy what came in during the pass before, until fewer rows are missing. */
const PASSES = 5;
const LITTLE = 5_000;
const LOCK_MS = 300;

async function lockRun(target: Client): Promise<void> {
  await target.query(`set lock_timeout = ${RUN_LOCK_MS}`);
  await target.query("select pg_advisory_lock($1)", [RUN_LOCK]).catch((error: unknown) => {
    throw new Failure("Another run of this command writes to the target.", { cause: error });
  });
}

const count = (n: number): string => n.toLocaleString("en-US");

/** Opens both sides, for statements that take as long as they take. */
function withSides<T>({ source, target }: Plan, work: (sides: Sides) => Promise<T>): Promise<T> {
  return withConnection(source, (a) =>
    withConnection(target, async (b) => {
      for (const client of [a, b])
        await client.query(`${SETTINGS}; set statement_timeout = 0; set tcp_keepalives_idle = 10`);
      const own = await datasetOf(a);
      if (!own) throw new Failure("The database of this installation has no data. Start Footfall first.");
      return work({ source: a, target: b, own });
    }),
  );
}

async function tablesOf({ source, target }: Sides): Promise<{ large: Table[]; small: Table[] }> {
  const there = await readTables(target);
  const names = [...there.large, ...there.small].map(({ name }) => name);
  const here = await readTables(source, names);
  const shape = ({ large, small }: typeof here) =>
    JSON.stringify([...large, ...small].map(({ name, columns }) => [name, columns]));
  if (shape(here) !== shape(there))
    throw new Failure("The two databases have tables of different versions. Start Footfall once with this version.");
  return here;
}

const MARK_TARGET = `
  insert into "move" (id, role, state, identity, place, sealed, at) values (1, 'target', $1, $2, $3, null, now())
  on conflict (id) do update set role = excluded.role, state = excluded.state, identity = excluded.identity,
    place = excluded.place, sealed = null, at = excluded.at`;

const markTarget = ({ target, own }: Sides, state: string, place: string) =>
  target.query(MARK_TARGET, [state, own.identity, place]);

async function emptyOut(client: Client, tables: readonly Table[]): Promise<void> {
  await client.query(`truncate ${tables.map(({ name }) => quoted(name)).join(", ")}`);
}

/** Makes the target this move's own, with empty tables unless it is already. */
async function prepare(plan: Plan, sides: Sides, found: Target): Promise<void> {
  const { target } = sides;
  if (found === "old copy") {
    const { large, small } = await readTables(target);
    await target.query("begin");
    await removeGuards(target, [...large, ...small]);
    for (const table of large) await emptyOut(target, [table]);
    await emptyOut(target, small);
    await markTarget(sides, "copying", placeOf(plan.source));
    await target.query("commit");
  }
  await migrate(plan.target);
  await markTarget(sides, "copying", placeOf(plan.source));
}

/** Up to where a growing column has no gap that a running write may fill; null when nothing is there, or writers keep their lock. */
async function settled(source: Client, table: Table): Promise<bigint | null> {
  await source.query("begin");
  try {
    await source.query(`set local lock_timeout = ${LOCK_MS}`);
    await source.query("select pg_advisory_xact_lock($1)", [WRITE_LOCK]);
  } catch {
    await source.query("rollback");
    return null;
  }
  const last = await reached(source, table);
  await source.query("commit");
  return last;
}

async function rowsOf(client: Client, name: string): Promise<number> {
  const { rows } = await client.query<{ rows: string }>(`select count(*) as rows from ${quoted(name)}`);
  return Number(rows[0]?.rows ?? 0);
}

/** Copies a table while it is written to; what changes meanwhile is found by comparing. */
async function copyAhead({ source, target }: Sides, table: Table): Promise<void> {
  const there = await rowsOf(target, table.name);
  if (table.order === null) {
    if (there === 0) await copyRows(source, target, table, "true");
    return;
  }
  const total = Math.max(0, (await rowsOf(source, table.name)) - there);
  const tell = progress(table.name, total);
  for (let pass = 1; pass <= PASSES; pass++) {
    const end = await settled(source, table);
    if ((await copyUpTo(source, target, table, end, tell)) < LITTLE && end !== null) return;
  }
}

/** Compares the parts of a table, and copies again those that differ. @returns how many did */
async function reconcile({ source, target }: Sides, table: Table): Promise<number> {
  const { found } = await differences(source, target, table);
  if (found.length > 0) await repair(source, target, table, found);
  return found.length;
}

const dayOf = ({ number }: Difference): string => new Date(Number(number) * 86_400_000).toISOString().slice(0, 10);

/** How a table differs, for people. */
function wordsOf({ name, order }: Table, found: readonly Difference[]): string[] {
  const shown = found.slice(0, 5).map((part) => {
    const what = order ? ` ${JSON.stringify(Buffer.from(part.text, "hex").toString("utf8"))} on ${dayOf(part)}` : "";
    return `  ${name}${what}: ${count(part.source)} rows here, ${count(part.target)} there${part.source === part.target ? ", with other values" : ""}`;
  });
  return found.length > shown.length
    ? [...shown, `  … and ${count(found.length - shown.length)} more parts of ${name}`]
    : shown;
}

/** Compares all tables. @returns what differs, as lines */
async function verify(sides: Sides, tables: readonly Table[], isTelling: boolean): Promise<string[]> {
  const lines: string[] = [];
  for (const table of tables) {
    const { parts, rows, found } = await differences(sides.source, sides.target, table);
    lines.push(...wordsOf(table, found));
    if (isTelling && found.length === 0) say(`  ${table.name}: ${count(rows)} rows, ${count(parts)} parts, the same`);
  }
  return lines;
}

/** Everything while writers are held off. @throws Failure when both sides differ in the end; then nothing has changed */
async function finish(sides: Sides, held: Freeze): Promise<number> {
  const { source, target } = sides;
  const { large, small } = await tablesOf(sides);
  let repaired = 0;
  await step("The rest of clicks, deliveries and links", async () => {
    for (const table of large) {
      if (table.order) await copyUpTo(source, target, table, await reached(source, table), () => held.assertHeld());
    }
  });
  await step("Everything else", async () => {
    await target.query("begin");
    await emptyOut(target, small);
    for (const table of small) await copyRows(source, target, table, "true");
    await target.query("commit");
    await setSequences(source, target);
  });
  await step("Comparison per link and day", async () => {
    for (const table of large) repaired += await reconcile(sides, table);
    held.assertHeld();
    const again = repaired > 0 ? [...large, ...small] : small;
    const lines = await verify(sides, again, false);
    held.assertHeld();
    if (lines.length > 0)
      throw new Failure(`Nothing has changed: the two databases differ after the copy.\n${lines.join("\n")}`);
  });
  return repaired;
}

/** The one decision: from here on the target has the data. */
async function cutOver(plan: Plan, sides: Sides, held: Freeze): Promise<void> {
  await markTarget(sides, "ready", placeOf(plan.source));
  held.assertHeld();
  const place = placeOf(plan.target);
  try {
    await held.cutOver({ identity: sides.own.identity, place, sealed: sealUrl(plan.target, plan.key) });
  } catch (error) {
    // The answer may have been lost: then the mark says what was decided.
    const mark = await readMark(plan.source);
    if (mark?.state !== "moved" || mark.place !== place) throw error;
  }
}

/** What is left once the source is marked. Servers do the same when they find the mark. */
async function settle({ target, dataDir, isEmbedded, hasSetting }: Plan, client: Client): Promise<void> {
  await client.query(`update "move" set state = 'done' where role = 'target' and state = 'ready'`);
  if (!hasSetting) writePlace(dataDir, isEmbedded ? null : target);
  say(`\nMoved to ${placeOf(target)}. Running servers go on with it within seconds.`);
  if (hasSetting && isEmbedded) say("Unset DATABASE_URL before the next start.");
  if (hasSetting && !isEmbedded)
    say("Set DATABASE_URL to the new address before the next start: Footfall doesn’t start with the old one.");
  say("The old database is an untouched copy, and read-only. See docs/moving.md for the way back, and --forget.");
}

/** A click that was deleted and sent again has another number: the target has the old one, until both are compared. */
const isDuplicate = (error: unknown): boolean =>
  error instanceof DatabaseError && (error.code === "23505" || /duplicate key/.test(error.message));

const ATTEMPTS = 3;

/** Moves everything, or goes on with a move that was broken off. */
export async function move(plan: Plan, isDryRun: boolean): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await tryToMove(plan, isDryRun, attempt > 1);
      return;
    } catch (error) {
      if (!isDuplicate(error) || attempt === ATTEMPTS) throw error;
      say("Clicks were deleted and sent again meanwhile: what is copied is compared first.");
    }
  }
}

function tryToMove(plan: Plan, isDryRun: boolean, comparesFirst: boolean): Promise<void> {
  return withSides(plan, async (sides) => {
    const { source, target, own } = sides;
    if (await sameDatabase(source, target)) {
      const { rowCount } = await target.query(`select from "move" where role = 'target'`);
      if (rowCount === 0 || isDryRun) throw new Failure("Footfall already uses that database.");
      return settle(plan, target);
    }
    const { target: found, citus } = await lookAtTarget(source, target, own);
    const clicks = await rowsOf(source, "click");
    const { rows } = await source.query<{ size: string }>(
      "select pg_size_pretty(pg_database_size(current_database())) as size",
    );
    say(`From ${placeOf(plan.source)} to ${placeOf(plan.target)}${citus ? `, Citus ${citus}` : ""}`);
    say(`${count(clicks)} clicks; the source takes ${rows[0]?.size}, and the target needs about as much.`);
    if (found === "begun") say("An earlier run was broken off: it goes on where that was.");
    if (found === "old copy") say("The target has the old copy of an earlier move. It is replaced.");
    if (isDryRun) return say("\nNothing was changed. Leave out --dry-run to move.");
    await lockRun(target);
    await step("Target prepared", () => prepare(plan, sides, found));
    const { large, small } = await tablesOf(sides);
    if (comparesFirst)
      for (const table of large) await step(`Comparison of ${table.name}`, () => reconcile(sides, table));
    for (const table of large) await step(`Copy of ${table.name}`, () => copyAhead(sides, table));
    await step("Statistics", () => target.query("analyze"));
    await step("Comparison, while writes go on", async () => {
      for (const table of large) await reconcile(sides, table);
    });
    const held = await step("Writers held off: deliveries wait in the spool", () =>
      freeze(plan.source, [...large, ...small]),
    );
    let repaired = 0;
    try {
      repaired = await finish(sides, held);
      await step("Cut over", () => cutOver(plan, sides, held));
    } catch (error) {
      await held.end();
      await removeLeftGuards(source, [...large, ...small]).catch(() => {});
      throw error;
    }
    await held.end();
    await settle(plan, target);
    if (repaired > 0) await step("Removed rows cleared", () => target.query("vacuum click"));
  });
}

/** Compares two installations as they are. @returns whether they are equal */
export function compareAll(plan: Plan): Promise<boolean> {
  return withSides(plan, async (sides) => {
    const { large, small } = await tablesOf(sides);
    for (const client of [sides.source, sides.target])
      await client.query("begin isolation level repeatable read read only");
    say(`${placeOf(plan.source)} and ${placeOf(plan.target)}:`);
    const lines = await verify(sides, [...large, ...small], true);
    for (const line of lines) say(line);
    return lines.length === 0;
  });
}

/** Empties the old copy that a move has left, or the unfinished one of a move that is given up. @throws Failure when the database is anything else */
export function forget(plan: Plan): Promise<void> {
  return withSides(plan, async ({ source, target, own }) => {
    const { target: found } = await lookAtTarget(source, target, own);
    if (found === "empty") throw new Failure("That database isn’t an old copy of this installation.");
    await lockRun(target);
    const { large, small } = await readTables(target);
    if (found === "begun") await removeLeftGuards(source, [...large, ...small]);
    await target.query("begin");
    await removeGuards(target, [...large, ...small]);
    for (const table of large) await emptyOut(target, [table]);
    await emptyOut(target, small);
    await target.query(`delete from "move"`);
    await target.query("insert into dataset (id, identity, generation) values (1, gen_random_uuid()::text, 0)");
    await target.query("commit");
    // It needn't run any more.
    if (plan.isEmbedded) rmSync(join(plan.dataDir, "postgres.url"), { force: true });
    say(`The ${found === "begun" ? "unfinished" : "old"} copy at ${placeOf(plan.target)} is empty now.`);
  });
}
