import "server-only";
import { setImmediate as breathe, setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { tidyText } from "@/lib/base/clean";
import { db } from "@/lib/base/db";
import { log } from "@/lib/base/log";
import { type Column, namesSql, rowsSql } from "@/lib/base/rows-sql";
import { type DestinationOf, spellUtm } from "@/lib/click/destination";
import { CLICK_FIELDS, FIELDS, type SpelledKey } from "@/lib/click/fields";
import { spellDomain, spellKey, spellShortLink, spellTitle } from "@/lib/click/links";
import { settledSeq } from "@/lib/click/settled-seq";
import { type Spelled, spellClick } from "@/lib/click/spell";
import { clickReader } from "@/lib/click/stored";
import { type Link, Prisma } from "@/lib/generated/prisma/client";

/** Increase it when a rule of normalisation changes: then every stored click is normalised again. */
const RULES = 1;
const ROW = { id: 1 } as const;
const TRANSACTION = { maxWait: 5_000, timeout: 30_000 };
/** Clicks that are normalised before other work gets the processor. */
const BREATH = 25;
const LINKS_AT_ONCE = 200;

const SPELLED = CLICK_FIELDS.filter(({ spelling }) => spelling !== undefined).map(({ key }) => key as SpelledKey);
const UTM = ["utmSource", "utmMedium", "utmCampaign", "utmTerm", "utmContent"] as const;
const readSaid = clickReader(["linkId", "urlRaw", "refererUrlRaw", ...SPELLED]);
type Click = Awaited<ReturnType<typeof readSaid>>[number];

type Changed = { seq: string; linkId: string; values: Spelled };
const COLUMNS: Column<Changed>[] = [
  ["seq", "bigint", ({ seq }) => seq],
  ["link_id", "text", ({ linkId }) => linkId],
  ...SPELLED.map((key): Column<Changed> => [FIELDS[key].column, FIELDS[key].type, ({ values }) => values[key]]),
];
const ASSIGNMENTS = Prisma.raw(SPELLED.map((key) => `${FIELDS[key].column} = n.${FIELDS[key].column}`).join(", "));

/** A stored click, normalised. Raw values are read again; the rest is taken from what is stored. */
function respelled(click: Click, link: DestinationOf | null): Spelled {
  const urlRaw = click.urlRaw ?? click.url ?? click.baseUrl;
  const refererUrlRaw = click.refererUrlRaw ?? click.refererUrl;
  const values = spellClick({ ...click, urlRaw, refererUrlRaw, isQr: false, link });
  if (urlRaw !== null) return values;
  const utm = UTM.map((key) => [key, click[key] === null ? null : spellUtm(click[key])]);
  return { ...values, ...Object.fromEntries(utm) };
}

async function changesOf(tx: Prisma.TransactionClient, clicks: readonly Click[]): Promise<Changed[]> {
  const ids = [...new Set(clicks.map(({ linkId }) => linkId))];
  const links = await tx.link.findMany({ where: { id: { in: ids } }, select: { id: true, key: true, url: true } });
  const byId = new Map(links.map((link) => [link.id, link]));
  const changed: Changed[] = [];
  for (const [at, click] of clicks.entries()) {
    if (at % BREATH === 0) await breathe();
    const values = respelled(click, byId.get(click.linkId) ?? null);
    if (SPELLED.some((key) => values[key] !== click[key])) {
      changed.push({ seq: click.seq, linkId: click.linkId, values });
    }
  }
  return changed;
}

/** Locks the row until the transaction ends; null while another server has it. */
async function lockRow(tx: Prisma.TransactionClient) {
  await tx.$executeRaw`
    insert into respelling (id, rules, links_done, "position", target, changed)
    values (${ROW.id}, 0, false, 0, 0, 0) on conflict (id) do nothing`;
  const locked = await tx.$executeRaw`select id from respelling where id = ${ROW.id} for update skip locked`;
  return locked === 0 ? null : tx.respelling.findUniqueOrThrow({ where: ROW });
}

/**
 * Plans the work: all clicks after a rule change, else those stored since. Throws when writers keep their lock.
 *
 * @returns false when a later version was here, or another server is working on it
 */
export async function beginRespelling(): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const row = await lockRow(tx);
    if (!row || row.rules > RULES) return false;
    const isNew = row.rules < RULES;
    const target = await settledSeq(tx);
    await tx.respelling.update({
      where: ROW,
      data: {
        rules: RULES,
        ...(isNew && { linksDone: false, position: 0n }),
        target,
        ...((isNew || row.position < target) && { finishedAt: null }),
      },
    });
    return true;
  }, TRANSACTION);
}

/** Result of a step: more to do, all done, or another server is working on it. */
type Respelled = { outcome: "more" | "done" | "elsewhere"; position: bigint; target: bigint; changed: number };

/**
 * Normalises the next clicks in one short transaction that no delivery waits for. After a change, the last step makes
 * every mirror rebuild: mirrors only look for new numbers.
 */
export async function respellClicks(size: number): Promise<Respelled> {
  return db().$transaction(async (tx): Promise<Respelled> => {
    const row = await lockRow(tx);
    if (!row || row.rules !== RULES) return { outcome: "elsewhere", position: 0n, target: 0n, changed: 0 };
    const { position, target } = row;
    if (row.finishedAt) return { outcome: "done", position, target, changed: 0 };
    const next = Prisma.sql`where seq > ${position} and seq <= ${target} order by click.seq limit ${size}`;
    const clicks = await readSaid(tx, next);
    const changed = await changesOf(tx, clicks);
    if (changed.length > 0) {
      await tx.$executeRaw(Prisma.sql`
        update click as c set ${ASSIGNMENTS} from ${rowsSql(COLUMNS, changed)} as n (${namesSql(COLUMNS)})
        where c.seq = n.seq and c.link_id = n.link_id`);
    }
    const all = row.changed + BigInt(changed.length);
    const isLast = clicks.length < size;
    const reached = isLast ? target : BigInt(clicks.at(-1)?.seq ?? target);
    if (isLast && all > 0n) await tx.dataset.updateMany({ data: { generation: { increment: 1 } } });
    await tx.respelling.update({
      where: ROW,
      data: { position: reached, changed: isLast ? 0n : all, ...(isLast && { finishedAt: new Date() }) },
    });
    return { outcome: isLast ? "done" : "more", position: reached, target, changed: changed.length };
  }, TRANSACTION);
}

const Tags = z.array(z.unknown()).catch([]);
const Named = z.looseObject({ name: z.string() });

const RESPELLED = { domain: true, key: true, shortLink: true, title: true, tags: true } as const;

function respelledLink(link: Pick<Link, keyof typeof RESPELLED>) {
  return {
    domain: spellDomain(link.domain),
    key: spellKey(link.key),
    shortLink: spellShortLink(link.shortLink),
    title: spellTitle(link.title),
    tags: Tags.parse(link.tags).map((tag) => {
      const { data } = Named.safeParse(tag);
      return data ? { ...data, name: tidyText(data.name) } : tag;
    }),
  };
}

/** Normalises links. One that a delivery changes meanwhile is normalised by that. */
export async function respellLinks(isStopped: () => boolean): Promise<void> {
  const row = await db().respelling.findUnique({ where: ROW });
  if (!row || row.linksDone || row.rules !== RULES) return;
  for (let after = ""; ; ) {
    const select = { ...RESPELLED, id: true, updatedAt: true, saidAt: true } as const;
    const next = { where: { id: { gt: after } }, orderBy: { id: "asc" }, take: LINKS_AT_ONCE, select } as const;
    const links = await db().link.findMany(next);
    for (const { id, updatedAt, saidAt, ...stored } of links) {
      if (isStopped()) return;
      const { tags, ...texts } = respelledLink(stored);
      const asStored = { ...stored, tags: Tags.parse(stored.tags) };
      if (JSON.stringify({ ...texts, tags }) === JSON.stringify(asStored)) continue;
      const data = { ...texts, tags: tags as Prisma.InputJsonArray };
      await db().link.updateMany({ where: { id, updatedAt, saidAt }, data });
    }
    const last = links.at(-1);
    if (!last || links.length < LINKS_AT_ONCE) break;
    after = last.id;
  }
  await db().respelling.updateMany({ where: { ...ROW, rules: RULES }, data: { linksDone: true } });
}

/** Progress from 0 to 1 while clicks are normalised, else null. */
export async function respellingProgress(): Promise<number | null> {
  const row = await db().respelling.findUnique({ where: ROW });
  if (!row || row.finishedAt !== null) return null;
  return row.target === 0n ? 0 : Number(row.position) / Number(row.target);
}

/** Clicks per step: about 50 ms. */
const CLICKS_AT_ONCE = 500;
/** Pause between steps, which leaves most of the database to deliveries and questions. */
const PAUSE_MS = 15;
const LOG_EVERY_MS = 5_000;

type Pace = { isStopped: () => boolean; step?: number; pauseMs?: number };

/** Normalises all stored clicks and links, in small steps. @returns false when stopped, or done elsewhere */
export async function respellAll({ isStopped, step = CLICKS_AT_ONCE, pauseMs = PAUSE_MS }: Pace): Promise<boolean> {
  if (!(await beginRespelling())) return false;
  await respellLinks(isStopped);
  let changed = 0;
  let logged = Date.now();
  while (!isStopped()) {
    const done = await respellClicks(step);
    changed += done.changed;
    if (done.outcome === "elsewhere") return false;
    if (done.outcome === "done") {
      if (changed > 0) log.info({ changed }, "spelling: stored clicks have today’s spelling");
      return true;
    }
    if (Date.now() - logged > LOG_EVERY_MS) {
      logged = Date.now();
      const percent = Math.floor((Number(done.position) / Number(done.target)) * 100);
      log.info({ changed, percent }, "spelling: stored clicks are brought to today’s spelling");
    }
    await delay(pauseMs, undefined, { ref: false });
  }
  return false;
}
