import { FIELD_OF } from "@/lib/click/dimensions";
import { FIELDS } from "@/lib/click/fields";
import { Prisma } from "@/lib/generated/prisma/client";
import type { ColumnKey } from "@/lib/question/columns";
import { isHidden, type Scope } from "@/lib/question/question";
import { type EnginePlan, whereSql } from "@/lib/question/where-sql";

const fieldOf = (key: ColumnKey) => {
  if (key === "time") return "clickedAt";
  if (key === "received") return "receivedAt";
  return key === "clickId" ? key : FIELD_OF[key];
};

/**
 * Rows of a plan's clicks, newest first as they are listed, for Postgres: a field for each column, the one of `linkId`
 * followed by its short link. Hidden columns are null. A single column is followed by a constant, so that no row is an empty
 * line.
 */
export function everyClickSql(plan: EnginePlan, columns: readonly ColumnKey[], scope: Scope): Prisma.Sql {
  const own = columns.map((key, at) => {
    const { column } = FIELDS[fieldOf(key)];
    return `${isHidden(scope, key) ? "null::text" : `"${column}"`} as c${at}`;
  });
  const shown = columns.flatMap((key, at) => (key === "linkId" ? [`c${at}`, "link.short_link"] : [`c${at}`]));
  const links = columns.includes("linkId") ? "left join link on link.id = listed.of_link" : "";
  if (shown.length === 1) shown.push("true");
  return Prisma.sql`
    select ${Prisma.raw(shown.join(", "))}
    from (
      select ${Prisma.raw(own.join(", "))}, clicked_at as at, seq as number, link_id as of_link
      from click where ${whereSql(plan, [plan])}
    ) as listed ${Prisma.raw(links)}
    order by at desc, number desc`;
}
