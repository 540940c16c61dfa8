import { createWriteStream, existsSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { record } from "@/lib/account/audit/record";
import { upkeepDb } from "@/lib/base/db";
import { matchesSpooled } from "@/lib/deliveries/delete-clicks";
import { type KeptCount, keptLines } from "@/lib/deliveries/kept";
import { eraseSpooled } from "@/lib/deliveries/spool/record";
import { countUntold } from "@/lib/deliveries/visitor-match";
import { findDatabase } from "@/scripts/database-url";
import { Failure, runCommand, say } from "@/scripts/steps";
import { untoldWords } from "@/scripts/untold";
import { assertWhole } from "@/scripts/whole-address";

const HELP = `npm run export-visitor -- --ip ADDRESS --output FILE

Writes all that is stored about an address, for somebody who asks: clicks with all their columns, and the bodies of deliveries
that weren't counted. One JSON object a line; the last says how many. The server can keep running.

  --ip ADDRESS    the address, in any notation
  --output FILE   where it is written; an existing file isn't overwritten`;

function readOptions() {
  const text = { type: "string" } as const;
  return parseArgs({ options: { ip: text, output: text, help: { type: "boolean", default: false } } }).values;
}

async function run(): Promise<void> {
  const { ip, output, help } = readOptions();
  if (help) return say(HELP);
  if (!ip || !output) throw new Failure(`Say which address, and where to.\n\n${HELP}`);
  assertWhole(ip);
  if (existsSync(output)) throw new Failure(`${output} exists. Choose another file.`);
  const dataDir = await findDatabase();
  const count: KeptCount = { clicks: 0, deliveries: 0 };
  await pipeline(Readable.from(keptLines({ ip }, count)), createWriteStream(output, { flags: "wx", mode: 0o600 }));
  const waiting = await eraseSpooled(join(dataDir, "spool"), (body, at) => matchesSpooled(body, at, { ip }), true);
  await record("visitor.export", { kind: "host" }, { detail: count, headers: null });
  say(`Wrote ${count.clicks} clicks and ${count.deliveries} deliveries to ${output}.`);
  const untold = await countUntold(upkeepDb(), ip);
  if (untold > 0) say(untoldWords(untold));
  if (waiting > 0)
    say(`${waiting} deliveries about this address still wait in the spool. Run this again once they are stored.`);
}

await runCommand(run, HELP);
