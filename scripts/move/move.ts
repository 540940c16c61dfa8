import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Client, DatabaseError } from "pg";
import { sealUrl } from "@/lib/deliveries/move/mark";
import { Failure, say, step } from "@/scripts/steps";
import { type Freeze, freeze, removeGuards, removeLeftGuards } from "./freeze";
import { lookAtTarget, sameDatabase } from "./look";
import { placeOf, readMark, writePlace } from "./place";
import {
  commonTables,
  emptyOut,
  lockRun,
  markTarget,
  type Plan,
  rowsOf,
  type Sides,
  tablesOf,
  withSides,
} from "./sides";
import { copyAhead, count, finish, prepare, reconcile, verify } from "./stages";

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
    say("Set DATABASE_URL to the new address. Until then a start needs the old database, to learn where the data is.");
  say("The old database is an untouched copy, and read-only. See docs/moving.md for the way back, and --forget.");
}

/** A click that was deleted and sent again has another number: the target has the old one, until both are compared. */
const isDuplicate = (error: unknown): boolean =>
  error instanceof DatabaseError && (error.code === "23505" || /duplicate key/.test(error.message));

const ATTEMPTS = 3;

/** Measured on two cores, which both databases shared. */
const COPIED_PER_S = 20_000;
const COMPARED_PER_S = 60_000;

function sayPlan(clicks: number): void {
  const about = (perSecond: number) => count(Math.ceil(clicks / perSecond) + 1);
  say(`
1. Tables are made in the target.
2. Clicks, links and uncounted deliveries are copied and compared while writes go on: about ${about(COPIED_PER_S)} s.
3. Writers are held off while the rest is copied and everything is compared: about ${about(COMPARED_PER_S)} s.
   Deliveries are accepted, and wait in the spool. Whatever else writes is asked to try again.
4. If both databases are the same, servers go on with the target. Else nothing has changed.

Nothing was changed. Leave out --dry-run to move.`);
}

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

/**
 * Waits for another run with the same target. Everything is looked at afterwards: that run may have made it the database that
 * is in use.
 *
 * @throws Failure when that run has moved the installation
 */
async function lockAlone({ source }: Plan, target: Client): Promise<void> {
  await lockRun(target);
  const mark = await readMark(source);
  if (mark?.state === "moved")
    throw new Failure(`This installation was moved to ${mark.place} meanwhile. Nothing was changed.`);
}

function tryToMove(plan: Plan, isDryRun: boolean, comparesFirst: boolean): Promise<void> {
  return withSides(plan, async (sides) => {
    const { source, target, own } = sides;
    if (await sameDatabase(source, target)) {
      const { rowCount } = await target.query(`select from "move" where role = 'target'`);
      if (rowCount === 0 || isDryRun) throw new Failure("Footfall already uses that database.");
      return settle(plan, target);
    }
    if (!isDryRun) await lockAlone(plan, target);
    const { target: found, citus } = await lookAtTarget(source, target, own);
    const clicks = await rowsOf(source, "click");
    const { rows } = await source.query<{ size: string }>(
      "select pg_size_pretty(pg_database_size(current_database())) as size",
    );
    say(`From ${placeOf(plan.source)} to ${placeOf(plan.target)}${citus ? `, Citus ${citus}` : ""}`);
    say(`${count(clicks)} clicks; the source takes ${rows[0]?.size}, and the target needs about as much.`);
    if (found === "begun") say("An earlier run was broken off: it goes on where that was.");
    if (found === "old copy") say("The target has the old copy of an earlier move. It is replaced.");
    if (isDryRun) return sayPlan(clicks);
    await step("Target prepared", () => prepare(plan, sides, found));
    const { large, small, left } = await tablesOf(sides);
    if (left.length > 0) say(`  Not Footfall’s, and left where they are: ${left.join(", ")}`);
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
  return withSides(plan, async (sides) => {
    const { source, target, own } = sides;
    await lockAlone(plan, target);
    const { target: found } = await lookAtTarget(source, target, own);
    if (found === "empty") throw new Failure("That database isn’t an old copy of this installation.");
    const { large, small } = await commonTables(sides);
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
