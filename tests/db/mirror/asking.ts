import { setTimeout as delay } from "node:timers/promises";
import { createMirror } from "@/lib/engines/duckdb/mirror";

// A server's mirror in a process of its own: fills in small steps, then asks without end, and says what it counts.

const [directory = ""] = process.argv.slice(2);
const log = { info: () => {}, warn: () => {}, error: () => {} };
const databaseUrl = process.env.DATABASE_URL ?? "";
const mirror = createMirror({ directory, databaseUrl, memory: 128 * 1024 ** 2, step: 2_000, log });
mirror.start();
for (;;) {
  const rows = await mirror.ask("select cast(count(*) as int) as clicks from click", []);
  if (rows) console.log(String(rows[0]?.clicks));
  else await delay(2);
}
