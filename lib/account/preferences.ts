import "server-only";
import { cache } from "react";
import { z } from "zod";
import { BOTS, type Bots } from "@/lib/base/bots";
import { db } from "@/lib/base/db";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { proxyName } from "@/lib/base/http/proxy-sign-in";
import { lastKnown } from "@/lib/base/last-known";
import { text as words } from "@/lib/base/problems";
import { single } from "@/lib/base/runtime";
import { isZone } from "@/lib/base/time";
import { percentDecoded } from "@/lib/base/urls";
import { WEEK_STARTS } from "@/lib/base/week-start";
import { withTimeout } from "@/lib/base/with-timeout";
import { DEMO_LINK_IDS } from "@/lib/deliveries/demo/links";
import type { Person } from "@/lib/question/question";
import { sessionOf } from "./session-cookie";

export const MAX_PREFERENCES_BYTES = 1_024;

/**
 * `zone`: in which pages open for this person; null: the browser's. `weekStart`: on which their weeks start. `bots`: how
 * pages treat them, for everybody.
 */
export const PreferencesChange = z.object({
  zone: z.string().refine(isZone, words.filters.zone).nullable().optional(),
  weekStart: z.enum(WEEK_STARTS, words.oneOf(WEEK_STARTS)).optional(),
  bots: z.enum(BOTS, words.oneOf(BOTS)).optional(),
});

/** @throws AppError when DEFAULT_BOTS is set, which is stronger */
export async function changePreferences(
  { userId }: Person,
  { zone, weekStart, bots }: z.output<typeof PreferencesChange>,
): Promise<void> {
  if (bots !== undefined && env().DEFAULT_BOTS !== undefined)
    throw new AppError("unprocessable_entity", words.account.bots);
  const data = { ...(zone !== undefined && { zone }), ...(weekStart !== undefined && { weekStart }) };
  if (Object.keys(data).length > 0) await db().user.update({ where: { id: userId }, data });
  if (bots !== undefined) await db().dataset.updateMany({ data: { defaultBots: bots } });
}

type Installation = { defaultBots: Bots; hasClicks: boolean; hasDemo: boolean };

const lastInstallation = lastKnown<[Installation]>("installation");

/**
 * What pages have to know before they ask anything, in one query per request. There are links of the demo while there are
 * clicks of it: no index finds out quickly that a click is missing.
 */
export const readInstallation = cache(async (): Promise<Installation> => {
  // On a cluster, only `limit` keeps it from fetching all clicks to see whether there is one.
  const [found] = await lastInstallation(
    null,
    () => db().$queryRaw<[Installation]>`
    select
      (select default_bots from dataset limit 1) as "defaultBots",
      exists (select from click limit 1) as "hasClicks",
      exists (select from link where id = any(${DEMO_LINK_IDS})) as "hasDemo"`,
  );
  return found;
});

/** How pages treat bots when the URL doesn't say: DEFAULT_BOTS, else what Settings says. */
export const usualBots = async (): Promise<Bots> => env().DEFAULT_BOTS ?? (await readInstallation()).defaultBots;

/** A page that needs the database says itself that it is away. */
const LIMIT_MS = 2_000;

/** While the database is slow the last answer holds: other bots would be other numbers. */
const lastBots = single("last-bots", () => ({ value: null as string | null }));

type Stored = { zone: string | null; weekStart: string | null; bots: string };

/**
 * What the URL of a page means that doesn't say its zone, week start or bots, for the person whose session a request
 * names, or whom a proxy does. Doesn't check the session's signature: the page does. While the database is down, no zone
 * and week start, and the bots that were last read.
 */
export async function readDefaults(
  headers: Headers,
): Promise<{ zone: string | null; weekStart: string | null; bots: string | null }> {
  const { DEFAULT_BOTS, SECRET_KEY } = env();
  const session = percentDecoded(sessionOf(headers, SECRET_KEY ?? "") ?? "") ?? "";
  const token = session.slice(0, session.lastIndexOf("."));
  const email = proxyName(headers)?.toLowerCase() ?? null;
  const read = async () => {
    const [stored] = await db().$queryRaw<Stored[]>`
      select default_bots as bots, reader.zone, reader.week_start as "weekStart"
      from dataset left join "user" as reader on case
        when ${email}::text is null
        then reader.id = (select user_id from session where token = ${token} and expires_at > now())
        else reader.email = ${email} end`;
    lastBots().value = stored?.bots ?? null;
    return {
      zone: stored?.zone ?? null,
      weekStart: stored?.weekStart ?? null,
      bots: DEFAULT_BOTS ?? stored?.bots ?? null,
    };
  };
  const unknown = () => ({ zone: null, weekStart: null, bots: DEFAULT_BOTS ?? lastBots().value });
  return withTimeout(read(), LIMIT_MS, "the database takes too long").catch(unknown);
}
