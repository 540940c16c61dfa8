import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { DEMO, demoDeliveries, liveDelivery, startOfHour } from "@/lib/deliveries/demo/deliveries";
import { LINKS } from "@/lib/deliveries/demo/links";
import { createRandom } from "@/lib/deliveries/demo/random";
import { demoSecret } from "@/lib/deliveries/secrets/secret";
import { assertReady, createProgress, send, sendAll, type Target } from "@/scripts/demo/sender";
import { Failure, runCommand, say, wholeNumber } from "@/scripts/steps";
import { summarise, table } from "./demo/summary";

const HELP = `npm run demo -- [options]

  --url ADDRESS     the running server (default http://localhost:PORT, PORT default 3000)
  --secret SECRET   signs the deliveries (default: DUB_WEBHOOK_SECRET, else derived from DATA_DIR)
  --seed NUMBER     same seed and end, same clicks (default 1)
  --days NUMBER     how far back (default 30)
  --clicks NUMBER   how many clicks (default 12000)
  --end TIME        end of the past clicks (default: start of the current hour)
  --summary FILE    writes a summary of what was sent, as JSON
  --no-live         stops after the past clicks`;

const CONNECTIONS = 32;
const LIVE_EVERY_MS = 1_000;

function readOptions() {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      ...{ url: text, secret: text, summary: text, end: text },
      seed: { ...text, default: String(DEMO.seed) },
      days: { ...text, default: String(DEMO.days) },
      clicks: { ...text, default: String(DEMO.clicks) },
      live: { type: "boolean", default: true },
      help: { type: "boolean", default: false },
    },
  });
  return values;
}

/** The end of the past clicks. */
function readEnd(text: string | undefined): number {
  if (text === undefined) return startOfHour(Date.now());
  const end = Date.parse(text);
  if (Number.isNaN(end)) throw new Failure(`--end must be a time such as 2026-08-01T00:00:00Z, not "${text}".`);
  return end;
}

function findSecret(given: string | undefined): string {
  const { DUB_WEBHOOK_SECRET, SECRET_KEY, DATA_DIR } = process.env;
  const configured = given ?? DUB_WEBHOOK_SECRET?.split(",")[0]?.trim();
  if (configured) return configured;
  if (SECRET_KEY) return demoSecret(SECRET_KEY);
  const file = join(resolve(DATA_DIR || ".data"), "secret.key");
  if (existsSync(file)) return demoSecret(readFileSync(file, "utf8").trim());
  throw new Failure(
    `${file} is missing, so there is no key to sign with. Start the server first, here or with the same DATA_DIR, or pass --secret.`,
  );
}

async function sendLive(target: Target, seed: number): Promise<never> {
  const random = createRandom(seed + Date.now());
  say("Sending about one live click per second. Stop with Ctrl-C.");
  for (;;) {
    await send(target, liveDelivery(random, Date.now()));
    await delay(-Math.log(1 - random.next()) * LIVE_EVERY_MS);
  }
}

async function run(): Promise<void> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const options = readOptions();
  if (options.help) return say(HELP);
  const url = (options.url ?? `http://localhost:${process.env.PORT || 3000}`).replace(/\/+$/, "");
  const target = { url, secret: findSecret(options.secret) };
  await assertReady(url);
  const [seed, days, clicks] = [
    wholeNumber("seed", options.seed),
    wholeNumber("days", options.days),
    wholeNumber("clicks", options.clicks),
  ];
  const demo = demoDeliveries({ seed, days, clicks, end: readEnd(options.end) });
  const links = demo.bodies.slice(0, LINKS.length);
  const events = demo.bodies.slice(LINKS.length);
  say(`Sending ${days} days to ${url}`);
  await sendAll(target, links, 1, () => {});
  await sendAll(target, events, CONNECTIONS, createProgress(events.length).tell);
  const summary = summarise(demo, LINKS.length);
  say(
    `Sent ${summary.clicks.toLocaleString("en-US")} clicks, ${summary.bots} of them by bots, and ${summary.duplicates} of them twice.`,
  );
  say(table("By link:", summary.byLink));
  say(table("By country:", summary.byCountry));
  if (options.summary) writeFileSync(options.summary, `${JSON.stringify(summary, null, 2)}\n`);
  if (options.live) await sendLive(target, seed);
}

process.on("SIGINT", () => process.exit(0));
await runCommand(run, HELP);
