import { createHash } from "node:crypto";
import type { Bots } from "@/lib/base/bots";
import { Prisma } from "@/lib/generated/prisma/client";

/** Who answers a statement. */
export type Engine = "mirror" | "postgres";

/** Clicks within a half-open span, by people or bots, for which a condition holds; null: for all. */
export type Selection = { from: Date | null; to: Date | null; bots: Bots; where: Prisma.Sql | null };

/** Identifies a selection. */
export const selectionKey = ({ from, to, bots, where }: Selection): string =>
  JSON.stringify([from, to, bots, where?.text, where?.values]);

/**
 * Tables with a selection's clicks, counted. `values`: rows of `field`, a column's name, `value`, which is text, the
 * `country` and `region` of a city, and `clicks`. `slots`: rows of `slot`, `clicks`, those `withheld`, and those `unnamed`,
 * without a visitor. Several rows may be about the same value or slot.
 */
export type Counts = { values: Prisma.Sql; slots: Prisma.Sql };

/**
 * A question that only counts the clicks of selections by columns of `click`, at least one. `sql` is given the counts of
 * each; `order` is the order of its rows, as `order by …`, or empty.
 */
export type Counted = {
  selections: readonly Selection[];
  columns: readonly string[];
  order: Prisma.Sql;
  sql: (counts: readonly Counts[]) => Prisma.Sql;
};

/** Clicks by slot, each slot once, in no order. */
export type Slots = readonly { slot: number; clicks: number }[];

/** The mirror's bucket of a link: the first byte of its MD5. */
export const bucketOf = (linkId: string): number => createHash("md5").update(linkId).digest().readUInt8();

export const botsSql = (bots: Bots): Prisma.Sql =>
  bots === "include" ? Prisma.sql`true` : bots === "only" ? Prisma.sql`bot` : Prisma.sql`not bot`;
