import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { db, ingestDb } from "@/lib/base/db";
import { AppError } from "@/lib/base/errors";
import { log } from "@/lib/base/log";
import { text as words } from "@/lib/base/problems";
import { single } from "@/lib/base/runtime";
import { acceptDelivery, spoolDepth } from "@/lib/deliveries/accept";
import { deleteClicks } from "@/lib/deliveries/delete-clicks";
import { requireSigner } from "@/lib/deliveries/secrets/live";
import { demoSecret, serverKey } from "@/lib/deliveries/secrets/secret";
import { SENDER } from "@/lib/senders/senders";
import { DEMO, demoDeliveries, startOfHour } from "./deliveries";
import { DEMO_LINK_IDS, LINKS } from "./links";

/** How many deliveries wait for the database at a time: others come meanwhile, and have room. */
const AT_ONCE = 64;

/** How often the demo looks whether a slow database has caught up: meanwhile it adds no more. */
const SPOOL_CHECK_MS = 500;
/** A spool that takes longer has another problem. */
const SPOOL_LIMIT_MS = 120_000;

/** Deliveries that are in the database so far, of how many. */
export type DemoProgress = { stored: number; total: number };

const state = single("demo", () => ({ progress: null as DemoProgress | null, hasFailed: false }));

/** While this server adds demo clicks, how far it is; else null. `hasFailed`: whether the last attempt stopped early. */
export const demoState = (): Readonly<{ progress: DemoProgress | null; hasFailed: boolean }> => state();

/** Accepts a delivery as if it had come in, signed with the demo's secret. Returns once it is in the database. */
async function acceptSigned(event: object): Promise<void> {
  const body = Buffer.from(JSON.stringify(event));
  const { id } = await requireSigner(body, SENDER.sign(body, demoSecret(serverKey())));
  const { outcome } = await acceptDelivery(body, id);
  if (outcome !== "spooled") return;
  const since = Date.now();
  while (spoolDepth().waiting > 0) {
    if (Date.now() - since > SPOOL_LIMIT_MS) throw new Error("the spool doesn’t become empty");
    await delay(SPOOL_CHECK_MS, undefined, { ref: false });
  }
}

async function acceptAll(progress: DemoProgress, bodies: readonly object[]): Promise<void> {
  const [links, events] = [bodies.slice(0, LINKS.length), bodies.slice(LINKS.length).values()];
  const accept = async (event: object) => {
    await acceptSigned(event);
    progress.stored++;
  };
  for (const link of links) await accept(link);
  let failure: unknown;
  const work = async () => {
    for (const event of events) {
      if (failure !== undefined) return;
      await accept(event).catch((error: unknown) => {
        failure ??= error;
      });
    }
  };
  // All have ended: afterwards nothing is added any more.
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failure !== undefined) throw failure;
}

/**
 * Begins to add the demo's clicks, unless this server is doing so already. Servers that begin within the same hour add the
 * same clicks, which count once.
 *
 * @throws AppError unprocessable_entity when there are clicks
 */
export async function addDemo(): Promise<void> {
  const own = state();
  if (own.progress) return;
  const progress: DemoProgress = { stored: 0, total: DEMO.clicks };
  own.progress = progress;
  own.hasFailed = false;
  try {
    if (await db().click.findFirst({ select: { seq: true } }))
      throw new AppError("unprocessable_entity", words.demo.notEmpty);
    const { bodies } = demoDeliveries({ ...DEMO, end: startOfHour(Date.now()) });
    progress.total = bodies.length;
    void acceptAll(progress, bodies)
      .catch((error: unknown) => {
        own.hasFailed = true;
        log.error({ err: error }, "demo: not all clicks were added");
      })
      .finally(() => {
        own.progress = null;
      });
  } catch (error) {
    own.progress = null;
    throw error;
  }
}

const ofDemo = { linkId: { in: DEMO_LINK_IDS } };

/** The demo's clicks and links, however they came here. */
export async function countDemo(): Promise<{ clicks: number; links: number }> {
  const [clicks, links] = await Promise.all([
    db().click.count({ where: ofDemo }),
    db().link.count({ where: { id: { in: DEMO_LINK_IDS } } }),
  ]);
  return { clicks, links };
}

/**
 * Deletes the demo's clicks and links.
 *
 * @returns how many were deleted
 * @throws AppError unprocessable_entity while this server adds them
 */
export async function removeDemo(): Promise<{ clicks: number; links: number }> {
  if (state().progress) throw new AppError("unprocessable_entity", words.demo.adding);
  state().hasFailed = false;
  let clicks = 0;
  for (const linkId of DEMO_LINK_IDS) clicks += (await deleteClicks({ linkId })).clicks;
  // In the order in which deliveries lock them.
  const [links] = await ingestDb().$transaction([
    ingestDb().link.deleteMany({ where: { id: { in: DEMO_LINK_IDS } } }),
    ingestDb().destination.deleteMany({ where: ofDemo }),
  ]);
  return { clicks, links: links.count };
}
