import "server-only";
import { createHmac } from "node:crypto";
import ipaddr from "ipaddr.js";
import { db } from "@/lib/base/db";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";

/**
 * Maximum attempts per IP address and minute. A short, hand-picked setup token is easier to guess; a page of a share link,
 * which anybody may ask for, takes the database's time.
 */
const MOST = {
  "sign-in": 60,
  provider: 60,
  setup: 20,
  link: 60,
  password: 20,
  forgot: 10,
  share: 120,
  "share-password": 20,
} as const;
const WINDOW_S = 60;

/**
 * Failed sign-ins to one account, after which no more are looked at: from one network, and from all networks without a
 * session of that account. The window ends for who is locked out, too, and where somebody is signed in they can sign in.
 */
const MOST_FAILURES = { near: 10, far: 50 };
const FAILURE_WINDOW_S = 15 * 60;

/** Letters of a kind to one address. */
const MOST_MAILS = 3;
const MAIL_WINDOW_S = 60 * 60;

/** One IPv6 customer has a whole /64 network. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return "unknown";
  const known = ipaddr.process(address);
  return known instanceof ipaddr.IPv6 ? known.parts.slice(0, 4).join(":") : known.toString();
}

/** The network from which a request came. */
export const networkOfCaller = (headers: Headers): string => networkOf(headers.get("x-forwarded-for") ?? "");

/** Identifies a text, such as an address, without storing it. */
const keyed = (text: string): string =>
  createHmac("sha256", env().SECRET_KEY ?? "")
    .update(text)
    .digest("base64url");

/** Counts one more in this window of a key, for all servers. `resetS`: seconds until the window ends. */
async function countIn(key: string, windowS = WINDOW_S): Promise<{ count: number; resetS: number }> {
  const [row] = await db().$queryRaw<{ count: number; reset: number }[]>`
    with gone as (
      delete from attempt where key in (
        select key from attempt where began_at < now() - interval '2 hours' limit 100 for update skip locked
      )
    )
    insert into attempt as known (key, began_at, count) values (${key}, now(), 1)
    on conflict (key) do update set
      count = case when known.began_at < now() - make_interval(secs => ${windowS}) then 1 else known.count + 1 end,
      began_at = case when known.began_at < now() - make_interval(secs => ${windowS}) then now() else known.began_at end
    returning count, least(${windowS}, greatest(1, ceil(extract(epoch from began_at - now()) + ${windowS})))::int as reset`;
  return { count: row?.count ?? 0, resetS: row?.reset ?? windowS };
}

/** Counts an attempt by IP address, for all servers. @throws AppError rate_limit_exceeded when there are too many */
export async function countAttempt(what: keyof typeof MOST, headers: Headers): Promise<void> {
  const { count } = await countIn(keyed(`${what} ${networkOfCaller(headers)}`));
  if (count <= MOST[what]) return;
  throw new AppError("rate_limit_exceeded", words.entry.tooMany, { "Retry-After": String(WINDOW_S) });
}

/** What is left of a limit in this window; `resetS`: seconds until the next one. */
export type Rate = { limit: number; remaining: number; resetS: number; isOver: boolean };

/** Counts a request with an API key, for all servers. */
export async function countRequest({ id, perMinute }: { id: string; perMinute: number }): Promise<Rate> {
  const { count, resetS } = await countIn(`key ${id}`);
  return { limit: perMinute, remaining: Math.max(0, perMinute - count), resetS, isOver: count > perMinute };
}

/** Whether one more letter of a kind may be mailed to an address, so that nobody fills somebody's inbox. */
export async function mayMail(kind: "link" | "change", email: string): Promise<boolean> {
  return (await countIn(keyed(`mail ${kind} ${email}`), MAIL_WINDOW_S)).count <= MOST_MAILS;
}

const failureKeys = (email: string, headers: Headers) => {
  const account = `failure ${email}`;
  return { near: keyed(`${account} ${networkOfCaller(headers)}`), far: keyed(account) };
};

/** Whether an account has a session from the caller's network. */
async function isKnownHere(email: string, headers: Headers): Promise<boolean> {
  const sessions = await db().session.findMany({
    where: { user: { email }, expiresAt: { gt: new Date() }, ipAddress: { not: null } },
    select: { ipAddress: true },
  });
  const here = networkOfCaller(headers);
  return sessions.some(({ ipAddress }) => ipAddress !== null && networkOf(ipAddress) === here);
}

/**
 * Refuses to look at a password after many wrong ones for the account, whether there is such an account or not.
 *
 * @throws AppError rate_limit_exceeded, with the seconds until the window ends
 */
export async function assertNotLockedOut(
  email: string,
  headers: Headers,
  say: (minutes: number) => string = words.entry.locked,
): Promise<void> {
  const { near, far } = failureKeys(email, headers);
  const rows = await db().$queryRaw<{ key: string; count: number; reset: number }[]>`
    select key, count, ceil(extract(epoch from began_at - now()) + ${FAILURE_WINDOW_S})::int as reset
    from attempt where key in (${near}, ${far}) and began_at > now() - make_interval(secs => ${FAILURE_WINDOW_S})`;
  const over = (key: string, most: number) => rows.find((row) => row.key === key && row.count >= most);
  const isFar = over(far, MOST_FAILURES.far);
  const locked = over(near, MOST_FAILURES.near) ?? (isFar && !(await isKnownHere(email, headers)) ? isFar : undefined);
  if (!locked) return;
  const seconds = Math.max(1, locked.reset);
  throw new AppError("rate_limit_exceeded", say(Math.ceil(seconds / 60)), {
    "Retry-After": String(seconds),
  });
}

/** Counts a wrong password for an account, or an account that doesn't exist. */
export async function countFailure(email: string, headers: Headers): Promise<void> {
  const { near, far } = failureKeys(email, headers);
  await countIn(near, FAILURE_WINDOW_S);
  await countIn(far, FAILURE_WINDOW_S);
}
