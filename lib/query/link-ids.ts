import "server-only";
import { z } from "zod";
import { spellDomain, spellKey, spellTitle } from "@/lib/click/links";
import { db } from "@/lib/db";
import { sameKey } from "@/lib/destination";
import { Prisma } from "@/lib/generated/prisma/client";
import { sentSql } from "@/lib/query/links";
import { isNegated } from "@/lib/query/match";
import type { LinkTerm } from "@/lib/query/plan";
import { partOfValue } from "@/lib/query/search-text";
import { hasAny } from "@/lib/query/where-sql";

/** Key that the sender gives to the link of a bare domain. */
const ROOT_KEY = "_root";

const Ids = z.array(z.object({ id: z.string() }));

/**
 * Finds the links that a condition on links is about: those that it wants, or those that it does not. A link of which
 * nothing is known has no domain, tag or folder, and is neither archived nor a root link: it is wanted where that is.
 */
export async function linkIds({ field, op, values }: LinkTerm): Promise<{ negated: boolean; ids: string[] }> {
  const isText = op === "contains" || op === "notContains";
  const tests = values.map((value) => (isText ? containsSql(field, value ?? "") : isSql(field, value)));
  const matches = Prisma.sql`coalesce(${Prisma.join(tests, " or ", "(", ")")}, false)`;
  const takesUnknown = values.some((value) => value === null || (!isText && value === "false" && isFlag(field)));
  const found = await db().$queryRaw(
    Prisma.sql`select id from link where ${takesUnknown ? Prisma.sql`not ${matches}` : matches}`,
  );
  return { negated: isNegated(op) !== takesUnknown, ids: Ids.parse(found).map(({ id }) => id) };
}

const isFlag = (field: LinkTerm["field"]): boolean => field === "archived" || field === "root";

/** Columns with text; the other fields are tested by what they mean. */
const COLUMNS = { domain: "domain", folderId: "folder_id", key: "key", title: "title" } as const;
/** What is asked for is spelled as what is stored. */
const SPELL = { domain: spellDomain, folderId: (id: string) => id, key: spellKey, title: spellTitle } as const;

function isSql(field: LinkTerm["field"], value: string | null): Prisma.Sql {
  switch (field) {
    case "archived":
      return Prisma.sql`archived = ${value === "true"}`;
    case "root":
      return value === "true" ? Prisma.sql`key = ${ROOT_KEY}` : Prisma.sql`(key <> ${ROOT_KEY} or key is null)`;
    case "tagId":
      return value === null ? Prisma.sql`tags = '[]'` : Prisma.sql`tags @> ${JSON.stringify([{ id: value }])}::jsonb`;
    case "externalId":
    case "tenantId":
    case "partnerId":
    case "programId":
      return value === null
        ? Prisma.sql`${sentSql(field)} is null`
        : Prisma.sql`${sentSql(field)} in (${Prisma.join(spellings(field, value))})`;
    default: {
      const name = Prisma.raw(`"${COLUMNS[field]}"`);
      const spelled = value === null ? null : (SPELL[field](value) ?? value);
      if (spelled === null) return Prisma.sql`${name} is null`;
      return field === "key"
        ? Prisma.sql`lower(key collate "C") = ${sameKey(spelled)}`
        : Prisma.sql`${name} = ${spelled}`;
    }
  }
}

/** In the sender's API an external id is asked for with this before it. */
const spellings = (field: LinkTerm["field"], value: string): string[] =>
  field === "externalId" && value.startsWith("ext_") ? [value, value.slice("ext_".length)] : [value];

function containsSql(field: LinkTerm["field"], value: string): Prisma.Sql {
  if (!Object.hasOwn(COLUMNS, field)) throw new RangeError(`${field} has no text`);
  const name = Prisma.raw(`"${COLUMNS[field as keyof typeof COLUMNS]}"`);
  return hasAny(name, [partOfValue(field, value)]);
}
