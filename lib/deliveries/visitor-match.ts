import "server-only";
import { isIP } from "node:net";
import { setImmediate as breathe } from "node:timers/promises";
import { z } from "zod";
import { networkAddress, visitorAddress } from "@/lib/base/addresses";
import { classify, type VisitorKey, visitorAt } from "@/lib/click/visitor";
import { addressSql, mentionsAddress } from "@/lib/deliveries/address-match";
import { saltlessPeriods, storedSalts } from "@/lib/deliveries/privacy/salts";
import { serverKey } from "@/lib/deliveries/secrets/secret";
import type { StoredBody } from "@/lib/deliveries/stored-bodies";
import { Prisma } from "@/lib/generated/prisma/client";
import { type Delivery, readDelivery } from "@/lib/senders/sender";
import { SENDER } from "@/lib/senders/senders";

/** A visitor, by address or by the hash that clicks have. */
export type Whose = { ip?: string; visitor?: string };

/** Everything that visitors can have been hashed with and that still exists. */
export async function visitorKeys(tx: Prisma.TransactionClient): Promise<VisitorKey[]> {
  const key = serverKey();
  return [null, ...(await storedSalts(tx))].map((salt) => ({ key, salt }));
}

/** What the visitor of a delivery may be, by the key that its click is hashed with. */
export function possibleVisitors(delivery: Delivery, keys: readonly VisitorKey[]): (string | null)[] {
  const { ip, ua } = delivery.receipt;
  if (delivery.kind === "click") return keys.map((key) => classify(delivery.click, key).visitor);
  return ip === null ? [] : keys.map((key) => visitorAt(visitorAddress(ip), ua, key));
}

/** Clicks whose address was cut to a network, or away, and whose visitor was told by the whole address. */
const cutSql = (network: string): Prisma.Sql =>
  Prisma.sql`(ip is null or ip = ${network}) and visitor is not null and not visitor_estimated`;

/** User agents that are hashed before other work gets the processor. */
const BREATH = 50;

const Agents = z.array(z.object({ ua: z.string().nullable() }));

/**
 * The visitors that an address is with any user agent with which a click was stored whose address was cut: the address is
 * in no row, but in the hash.
 */
async function visitorsAt(tx: Prisma.TransactionClient, ip: string, keys: readonly VisitorKey[]): Promise<string[]> {
  const [address, network] = [visitorAddress(ip), networkAddress(ip)];
  if (network === null) return [];
  const agents = Agents.parse(await tx.$queryRaw`select distinct ua from click where ${cutSql(network)}`);
  const visitors: string[] = [];
  for (const [at, { ua }] of agents.entries()) {
    if (at % BREATH === 0) await breathe();
    for (const key of keys) visitors.push(visitorAt(address, ua, key));
  }
  return visitors;
}

/** How clicks and bodies of a visitor are found. */
export type VisitorMatch = { clicks: Prisma.Sql; hasBody: (row: StoredBody) => boolean };

/** Finds what is stored about a visitor. Reads the user agents of stored clicks. */
export async function visitorMatch(tx: Prisma.TransactionClient, { ip, visitor }: Whose): Promise<VisitorMatch> {
  const keys = await visitorKeys(tx);
  const isWanted = (row: StoredBody, address: string | undefined, wanted: string | undefined): boolean => {
    const delivery = readDelivery(SENDER, Buffer.from(row.body), row.receivedAt);
    if (wanted !== undefined)
      return row.addressCut ? row.visitor === wanted : possibleVisitors(delivery, keys).includes(wanted);
    if (address === undefined || row.visitor === null) return false;
    return keys.some((key) => visitorAt(visitorAddress(address), delivery.receipt.ua, key) === row.visitor);
  };
  const conditions = [
    ...(visitor === undefined ? [] : [Prisma.sql`visitor = ${visitor}`]),
    ...(ip === undefined
      ? []
      : [
          Prisma.sql`(${addressSql(ip)} or (not visitor_estimated
            and visitor = any(${await visitorsAt(tx, ip, keys)}::text[])))`,
        ]),
  ];
  return {
    clicks: Prisma.join(conditions, " and "),
    hasBody: (row) =>
      (visitor === undefined || isWanted(row, undefined, visitor)) &&
      (ip === undefined || mentionsAddress(row.body, ip) || isWanted(row, ip, undefined)),
  };
}

/**
 * How many clicks may be an address's, and nobody can tell: their address was cut, and what their visitor was hashed with
 * was thrown away.
 */
export async function countUntold(tx: Prisma.TransactionClient, ip: string): Promise<number> {
  const network = isIP(visitorAddress(ip)) === 0 ? null : networkAddress(ip);
  const periods = await saltlessPeriods(tx);
  if (network === null || periods.length === 0) return 0;
  const { clicks: told } = await visitorMatch(tx, { ip });
  const within = periods.map(({ from, to }) => Prisma.sql`(clicked_at >= ${from} and clicked_at < ${to})`);
  const rows = await tx.$queryRaw`
    select count(*)::int as clicks from click
    where ${cutSql(network)} and (${Prisma.join(within, " or ")}) and not (${told})`;
  return z.tuple([z.object({ clicks: z.int() })]).parse(rows)[0].clicks;
}
