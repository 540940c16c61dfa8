import "server-only";
import { createHmac } from "node:crypto";
import ipaddr from "ipaddr.js";
import { db } from "@/lib/base/db";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";

/** Maximum attempts per IP address and minute. A short, hand-picked setup token is easier to guess. */
const MOST = { "sign-in": 60, setup: 20, password: 20 } as const;
const WINDOW_S = 60;

/** One IPv6 customer has a whole /64 network. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return "unknown";
  const known = ipaddr.process(address);
  return known instanceof ipaddr.IPv6 ? known.parts.slice(0, 4).join(":") : known.toString();
}

/** Identifies an address without storing it. */
const keyOf = (what: string, address: string): string =>
  createHmac("sha256", env().SECRET_KEY ?? "")
    .update(`${what} ${networkOf(address)}`)
    .digest("base64url");

/** Counts one more in this window of a key, for all servers. `resetS`: seconds until the window ends. */
async function countIn(key: string): Promise<{ count: number; resetS: number }> {
  const [row] = await db().$queryRaw<{ count: number; reset: number }[]>`
    with gone as (
      delete from attempt where key in (
        select key from attempt where began_at < now() - interval '1 hour' limit 100 for update skip locked
      )
    )
    insert into attempt as known (key, began_at, count) values (${key}, now(), 1)
    on conflict (key) do update set
      count = case when known.began_at < now() - make_interval(secs => ${WINDOW_S}) then 1 else known.count + 1 end,
      began_at = case when known.began_at < now() - make_interval(secs => ${WINDOW_S}) then now() else known.began_at end
    returning count, greatest(1, ceil(extract(epoch from began_at - now()) + ${WINDOW_S}))::int as reset`;
  return { count: row?.count ?? 0, resetS: row?.reset ?? WINDOW_S };
}

/** Counts an attempt by IP address, for all servers. @throws AppError rate_limit_exceeded when there are too many */
export async function countAttempt(what: keyof typeof MOST, headers: Headers): Promise<void> {
  const { count } = await countIn(keyOf(what, headers.get("x-forwarded-for") ?? ""));
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
