import "server-only";
import { isIP } from "node:net";
import { visitorAddress } from "@/lib/base/addresses";
import { Prisma } from "@/lib/generated/prisma/client";

/** The IP address in the column `ip`. Earlier versions stored it as sent: with a port, brackets, zone or chain. */
const BARE = Prisma.sql`
  regexp_replace(regexp_replace(regexp_replace(trim(split_part(ip, ',', 1)),
    '^\\[([^]]*)\\](:[0-9]*)?$', '\\1'), '^([0-9]+[.][0-9]+[.][0-9]+[.][0-9]+):[0-9]*$', '\\1'), '%.*$', '')`;

/** Matches stored clicks of an IP address, in any notation. */
export function addressSql(ip: string): Prisma.Sql {
  const address = visitorAddress(ip);
  if (isIP(address) === 0) return Prisma.sql`ip = ${ip}`;
  const spellings = isIP(address) === 4 ? [address, `::ffff:${address}`] : [address];
  return Prisma.sql`
    case when pg_input_is_valid(${BARE}, 'inet') then (${BARE})::inet = any(${spellings}::inet[]) else false end`;
}

/** Every text in a value, however deep. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null) for (const item of Object.values(value)) yield* textsIn(item);
}

/** Whether a body contains an IP address in any notation, even if the body isn't JSON. */
export function mentionsAddress(body: Uint8Array, ip: string): boolean {
  const text = Buffer.from(body).toString();
  const wanted = visitorAddress(ip);
  const isWanted = (found: string) => visitorAddress(found) === wanted;
  try {
    return [...textsIn(JSON.parse(text))].some(isWanted);
  } catch {
    return text.split(/[^0-9a-fA-F:.]+/).some(isWanted);
  }
}
