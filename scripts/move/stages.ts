import type { Client } from "pg";
import { isInDoubt } from "@/lib/base/in-doubt";
import { WRITE_LOCK } from "@/lib/base/write-lock";
import { migrate } from "@/scripts/migrate";
import { Failure, say, step } from "@/scripts/steps";
import { type Difference, differences, repair } from "./compare";
import { copyRows, copyUpTo, reached } from "./copy";
import { type Freeze, removeGuards } from "./freeze";
import type { Target } from "./look";
import { placeOf } from "./place";
import { progress } from "./progress";
import { setSequences } from "./sequences";
import { commonTables, emptyOut, markTarget, type Plan, rowsOf, type Sides, tablesOf } from "./sides";
import type { Table } from "./tables";

/** Passes that copy what came in during the pass before, until fewer rows are missing. */
const PASSES = 5;
const LITTLE = 5_000;
const LOCK_MS = 300;

export const count = (n: number): string => n.toLocaleString("en-US");

/** Makes the target this move's own, with empty tables unless it is already. */
export async function prepare(plan: Plan, sides: Sides, found: Target): Promise<void> {
  const { target } = sides;
  if (found === "old copy") {
    const { large, small } = await commonTables(sides);
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

/**
 * Up to where a growing column has no gap that a running write may fill; null when nothing is there, writers keep
 * their lock, or one is in doubt.
 */
async function settled(source: Client, table: Table): Promise<bigint | null> {
  await source.query("begin");
  try {
    await source.query(`set local lock_timeout = ${LOCK_MS}`);
    await source.query("select pg_advisory_xact_lock($1)", [WRITE_LOCK]);
    if (await isInDoubt(async (sql) => (await source.query(sql)).rows)) throw new Error("a transaction is in doubt");
  } catch {
    await source.query("rollback");
    return null;
  }
  const last = await reached(source, table);
  await source.query("commit");
  return last;
}

/** Copies a table while it is written to; what changes meanwhile is found by comparing. */
export async function copyAhead({ source, target }: Sides, table: Table): Promise<void> {
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
export async function reconcile({ source, target }: Sides, table: Table): Promise<number> {
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
export async function verify(sides: Sides, tables: readonly Table[], isTelling: boolean): Promise<string[]> {
  const lines: string[] = [];
  for (const table of tables) {
    const { parts, rows, found } = await differences(sides.source, sides.target, table);
    lines.push(...wordsOf(table, found));
    if (isTelling && found.length === 0) say(`  ${table.name}: ${count(rows)} rows, ${count(parts)} parts, the same`);
  }
  return lines;
}

/** Everything while writers are held off. @throws Failure when both sides differ in the end; then nothing has changed */
export async function finish(sides: Sides, held: Freeze): Promise<number> {
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
