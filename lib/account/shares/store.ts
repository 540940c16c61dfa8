import "server-only";
import { randomUUID } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import { isbot } from "isbot";
import { z } from "zod";
import { limitedScope, storedLimit } from "@/lib/account/link-limit";
import { isToken, newToken } from "@/lib/account/token";
import { rightsOf, type Viewer } from "@/lib/account/viewer";
import { db } from "@/lib/base/db";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import { unlessMoving } from "@/lib/base/sql-state";
import { startOfUnit } from "@/lib/base/time";
import { lockWritesSoon } from "@/lib/deliveries/database-state";
import { Prisma, type Share as Row } from "@/lib/generated/prisma/client";
import { answer } from "@/lib/question/answer";
import { isLinkField } from "@/lib/question/codec/conditions";
import { withRange } from "@/lib/question/codec/range";
import { filtersFromParams } from "@/lib/question/codec/read";
import { withoutParam, withValue } from "@/lib/question/codec/write";
import {
  type Condition,
  type Filters,
  type HideableColumn,
  type LinkCondition,
  question,
  type Scope,
} from "@/lib/question/question";
import { type NewShare, PARTS, type Part, pageOf, readerParams, sharedQuestion, withSharedTabs } from "./share";

const Parts = z.array(z.enum(PARTS));
const Sites = z.array(z.string());

/** A share link that can be opened. */
export type Share = Pick<
  Row,
  "id" | "token" | "name" | "linkId" | "mayFilter" | "least" | "passwordHash" | "hasPicture" | "frozenAt"
> & { parts: readonly Part[]; embedOn: readonly string[]; links: Scope["links"]; query: string; upTo: string | null };

/** A share link as Settings shows it. */
export type ShownShare = Pick<Row, "id" | "token" | "name" | "linkId" | "createdAt" | "expiresAt" | "views"> &
  Pick<Row, "lastViewedAt" | "frozenAt" | "mayFilter" | "least"> & {
    state: "valid" | "expired" | "revoked";
    hasPassword: boolean;
    embedOn: readonly string[];
    /** Email address of who made it; null: a deleted account. */
    by: string | null;
  };

/** What no share link tells. */
const HIDDEN: readonly HideableColumn[] = ["ip", "ua"];

const shareOf = ({ links, parts, embedOn, upTo, ...row }: Row): Share => ({
  ...row,
  parts: Parts.parse(parts),
  embedOn: Sites.parse(embedOn),
  links: limitedScope(storedLimit(links)).links,
  upTo: upTo?.toString() ?? null,
});

/** The question of a share link, at the time it was frozen, or now. */
function sharedFilters({ query, linkId, frozenAt, least }: Share, now: Date): Filters {
  const params = new URLSearchParams(query);
  const ofLink = linkId === null ? params : withValue(params, "linkId", linkId);
  const asked = filtersFromParams(ofLink, frozenAt ?? now, "share");
  return least > 0 ? { ...asked, comparison: null } : asked;
}

/** The condition as one on links; none if it is about something else. */
function ofLinks({ field, op, values }: Condition): LinkCondition[] {
  if (isLinkField(field)) return [{ field, op, values }];
  if (field !== "linkId" || (op !== "is" && op !== "isNot")) return [];
  return [{ field, op, values: values.filter((value) => value !== null) }];
}

/** What the readers of a share link see. Its conditions on links also choose the links that are there at all. */
function shareScope(share: Share, filters: Filters): Scope {
  const { upTo, mayFilter, least, links } = share;
  const { range, comparison, zone, bots, conditions, anyOf, now } = filters;
  const seen = [...(links ?? []), ...conditions.flatMap(ofLinks)];
  return {
    links: seen.length > 0 ? seen : null,
    hidden: HIDDEN,
    lock: { range, comparison, zone, bots, conditions, anyOf, now, upTo, mayFilter, least },
  };
}

/** What a reader of a share link asks. */
type Reading = {
  /** The link's own question. */
  asked: Filters;
  /** What may be seen. */
  scope: Scope;
  /** What the reader's address says, as far as it is read. */
  params: URLSearchParams;
  /** The question with the reader's conditions in place of the locked ones, which `scope` has. */
  filters: Filters;
};

/** Reads the address of a share link's page. What is locked stays, whatever it says. */
export function readShared(share: Share, address: URLSearchParams, now: Date): Reading {
  const asked = sharedFilters(share, now);
  const params = withSharedTabs(readerParams(address, share), new URLSearchParams(share.query));
  const { conditions, anyOf, problems, granularity } = filtersFromParams(params, asked.now, "share");
  // What this version can't read of the link's own question must not widen it.
  const all = [...asked.problems, ...problems];
  const own = { conditions, anyOf, problems: all, granularity: granularity ?? asked.granularity };
  return { asked, scope: shareScope(share, asked), params, filters: { ...asked, ...own } };
}

/** The view's parameters, with the days it shows now if they shall stay. */
function queryOf({ path, query, range, isCompared }: NewShare, now: Date): string {
  const whole = sharedQuestion(query, path);
  const asked = isCompared ? whole : withoutParam(whole, "compare");
  const filters = filtersFromParams(asked, now, "share");
  const [problem] = filters.problems;
  if (problem)
    throw new AppError(
      "unprocessable_entity",
      words.shares.problem(`${problem.param}=${problem.value}. ${problem.message}`),
    );
  asked.set("timezone", filters.zone);
  const isFixed = filters.range.interval === null && asked.has("end");
  if (range !== "fixed" || isFixed) return sharedQuestion(asked, path).toString();
  const { from, to } = filters.range;
  const end = to ?? startOfUnit(now, "day", 1, filters.zone);
  return sharedQuestion(withRange(asked, { interval: null, from, to: end }, filters.zone), path).toString();
}

/** The number of the newest click, when no write is on its way that may store one with a smaller number. */
function newestStored(): Promise<bigint> {
  return db().$transaction(async (tx) => {
    await lockWritesSoon(tx);
    const newest = await tx.click.findFirst({ select: { seq: true }, orderBy: { seq: "desc" } });
    return newest?.seq ?? 0n;
  });
}

/**
 * Makes a share link. It shows at most what its maker sees.
 *
 * @throws AppError when the view has an invalid part, or there is no such link for its maker; unavailable when it shall be
 *   frozen while a write takes long
 */
export async function createShare(viewer: Viewer, share: NewShare, now: Date): Promise<{ id: string; token: string }> {
  const linkId = pageOf(share.path) || null;
  const query = queryOf(share, now);
  if (linkId !== null && !(await answer(question(viewer, { kind: "labels", ids: [linkId] }))).has(linkId))
    throw new AppError("unprocessable_entity", `path: ${words.shares.path}`);
  const isFrozen = share.range === "frozen";
  const upTo = isFrozen ? await newestStored() : null;
  const select = { role: true, mayExport: true, links: true } as const;
  const maker = rightsOf(await db().user.findUniqueOrThrow({ where: { id: viewer.userId }, select }));
  const { name, parts, mayFilter, least, password, embedOn, hasPicture, expiresAt } = share;
  const [id, token] = [randomUUID(), newToken()];
  await db().share.create({
    data: {
      ...{ id, token, name, linkId, query, parts, mayFilter, least, embedOn, hasPicture, expiresAt, upTo },
      links: maker.links ?? Prisma.DbNull,
      passwordHash: password === null ? null : await hashPassword(password),
      frozenAt: isFrozen ? now : null,
      createdBy: viewer.userId,
    },
  });
  return { id, token };
}

/** Those of all for people with the power to change settings, else one's own. */
const mine = ({ userId, powers }: Viewer): Prisma.ShareWhereInput =>
  powers.includes("settings") ? {} : { createdBy: userId };

const stateOf = ({ revokedAt, expiresAt }: Row, now: number): ShownShare["state"] =>
  revokedAt ? "revoked" : expiresAt && expiresAt.getTime() <= now ? "expired" : "valid";

/** The share links that somebody looks after: those in use, the newest first, then expired and revoked ones. */
export async function listShares(viewer: Viewer): Promise<ShownShare[]> {
  const rows = await db().share.findMany({
    where: mine(viewer),
    include: { creator: { select: { email: true } } },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  const now = Date.now();
  const shown = rows.map((row): ShownShare => {
    const { id, token, name, linkId, createdAt, expiresAt, views, lastViewedAt, frozenAt, mayFilter, least } = row;
    return {
      ...{ id, token, name, linkId, createdAt, expiresAt, views, lastViewedAt, frozenAt, mayFilter, least },
      ...{ state: stateOf(row, now), hasPassword: row.passwordHash !== null, embedOn: Sites.parse(row.embedOn) },
      by: row.creator?.email ?? null,
    };
  });
  const order = { valid: 0, expired: 1, revoked: 2 };
  return shown.toSorted((a, b) => order[a.state] - order[b.state]);
}

/** Revokes a share link: from now on no server opens it. @throws AppError when there is none in use for its person */
export async function revokeShare(viewer: Viewer, id: string): Promise<{ name: string }> {
  const [row] = await db().share.updateManyAndReturn({
    where: { AND: [{ id, revokedAt: null }, mine(viewer)] },
    data: { revokedAt: new Date() },
    select: { name: true },
  });
  if (!row) throw new AppError("not_found", words.shares.gone);
  return row;
}

/** The share link with a token; null when it is unknown, expired or revoked. Read with each request. */
export async function findShare(token: string): Promise<Share | null> {
  if (!isToken(token)) return null;
  const row = await db().share.findUnique({ where: { token } });
  return row && stateOf(row, Date.now()) === "valid" ? shareOf(row) : null;
}

/**
 * Counts a view of a share link: that somebody opened it, not that they looked on, and no program that previews links. Not while
 * Footfall is being moved.
 */
export async function countView(id: string, headers: Headers): Promise<void> {
  if (!headers.get("accept")?.includes("text/html") || isbot(headers.get("user-agent"))) return;
  const data = { views: { increment: 1 }, lastViewedAt: new Date() };
  await db().share.updateMany({ where: { id }, data }).catch(unlessMoving);
}
