import { parseArgs } from "node:util";
import { record } from "@/lib/account/audit/record";
import { type DeletionFilter, vacuumDeleted } from "@/lib/deliveries/delete-clicks";
import { countEverywhere, deleteEverywhere, type Found } from "@/lib/deliveries/delete-everywhere";
import { Failure, runCommand, say } from "@/scripts/steps";
import { findDatabase } from "./database-url";
import { untoldWords } from "./untold";
import { assertWhole } from "./whole-address";

const HELP = `npm run delete-clicks -- [options]

Permanently deletes the clicks that match all options: from the database, the deliveries that were not counted,
quarantined deliveries, the spool of this DATA_DIR and the mirrors. The server can keep running. Without --yes it only
shows how many there are.

  --link ID       on this link
  --ip ADDRESS    from this address
  --before TIME   before this time, such as 2026-01-01 or 2026-01-01T00:00:00Z
  --yes           delete them`;

function readOptions() {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  return parseArgs({ options: { link: text, ip: text, before: text, yes: flag, help: flag } }).values;
}

function words({ clicks, deliveries, quarantined, spooled }: Found): string {
  const count = (n: number, one: string, many: string) => `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;
  return [
    count(clicks, "click", "clicks"),
    `${count(deliveries, "listed delivery", "listed deliveries")} (${quarantined.toLocaleString("en-US")} in quarantine)`,
    count(spooled, "delivery in the spool", "deliveries in the spool"),
  ].join(", ");
}

function readTime(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new Failure(`--before must be a time such as 2026-01-01, not "${text}".`);
  return time;
}

async function run(): Promise<void> {
  const { link, ip, before, yes, help } = readOptions();
  if (help) return say(HELP);
  for (const [name, value] of Object.entries({ link, ip, before })) {
    // An unset shell variable must not delete more.
    if (value === "") throw new Failure(`--${name} is empty. Nothing was deleted.`);
  }
  if (link === undefined && ip === undefined && before === undefined)
    throw new Failure(`Choose what to delete.\n\n${HELP}`);
  if (ip !== undefined) assertWhole(ip);
  const filter: DeletionFilter = {
    ...(link !== undefined && { linkId: link }),
    ...(ip !== undefined && { ip }),
    ...(before !== undefined && { before: readTime(before) }),
  };
  const dataDir = await findDatabase();
  if (!yes) {
    const found = await countEverywhere(filter, dataDir);
    say(`${words(found)} would be deleted. This cannot be undone.`);
    if (found.untold > 0) say(untoldWords(found.untold));
    say("Add --yes to delete them.");
    return;
  }
  const deleted = await deleteEverywhere(filter, dataDir);
  await vacuumDeleted();
  const { clicks, deliveries, quarantined, untold } = deleted;
  const named = { ...(link !== undefined && { link }), ...(before !== undefined && { before }) };
  const detail = { clicks, deliveries, quarantined, ...named };
  await record("clicks.delete", { kind: "host" }, { target: link ?? null, detail, headers: null });
  say(`Deleted ${words(deleted)}.`);
  if (untold > 0) say(untoldWords(untold));
  say("Mirrors are rebuilt. Backups and the database's write-ahead log still contain the deleted rows: see");
  say('"Deleting" in docs/operating.md.');
}

await runCommand(run, HELP);
