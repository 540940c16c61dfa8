import "server-only";
import { z } from "zod";
import { cleanJson, freeText } from "@/lib/base/clean";
import { db } from "@/lib/base/db";
import { createMemory, lastKnown } from "@/lib/base/last-known";
import { readOr } from "@/lib/base/reach";
import { sameKey } from "@/lib/click/destination";
import type { LinkDimensionKey } from "@/lib/click/dimensions";
import { folderNames } from "@/lib/click/folders";
import { type LinkSummary, spellDomain, spellKey, spellTitle } from "@/lib/click/links";
import { Prisma } from "@/lib/generated/prisma/client";
import { isNegated, type LinkTerm } from "@/lib/question/plan";
import type { LinkField, LinkSort } from "@/lib/question/question";
import { compareNames, partOfValue, searchForms } from "@/lib/question/row-selection";
import { hasAny } from "@/lib/question/where-sql";

/** Tags come from outside: an invalid one is dropped rather than failing the page. */
const Tags = z
  .array(z.unknown())
  .transform((tags) => tags.flatMap((tag) => Tag.safeParse(tag).data ?? []))
  .catch([]);
const Tag = z.object({ id: z.string(), name: z.string(), color: z.string().nullable().catch(null) });

/** Below the maximum number of parameters of a statement. */
const CHUNK = 10_000;

/** Links that pages have shown, for when the database is away. */
const shownLinks = createMemory<LinkSummary>("links", 20_000);

const rememberedLinks = (ids: readonly string[]) =>
  new Map(ids.flatMap((id) => (shownLinks.get(id) ? [[id, shownLinks.get(id)] as [string, LinkSummary]] : [])));

/**
 * Metadata of links by id: all columns but those of the sync. Unknown links are left out, and while the database is away
 * those that weren't read before.
 */
export function linkSummaries(ids: readonly string[]): Promise<Map<string, LinkSummary>> {
  return readOr(
    () => readSummaries(ids),
    () => rememberedLinks(ids),
  );
}

async function readSummaries(ids: readonly string[]): Promise<Map<string, LinkSummary>> {
  const summaries = new Map<string, LinkSummary>();
  for (let start = 0; start < ids.length; start += CHUNK) {
    const where = { id: { in: ids.slice(start, start + CHUNK) } };
    const links = await db().link.findMany({ where, omit: { payload: true, updatedAt: true, saidAt: true } });
    for (const link of links) summaries.set(link.id, { ...link, tags: Tags.parse(link.tags) });
  }
  const all = [...summaries.values()].flatMap(({ tags }) => tags);
  const looks = await tagLooks([...new Set(all.map(({ id }) => id))]);
  for (const tag of all) Object.assign(tag, looks.get(tag.id));
  for (const [id, summary] of summaries) shownLinks.set(id, summary);
  return summaries;
}

/** Link objects by id as the sender described them last. */
export async function linkObjects(ids: readonly string[]): Promise<Map<string, unknown>> {
  const objects = new Map<string, unknown>();
  for (let start = 0; start < ids.length; start += CHUNK) {
    const where = { id: { in: ids.slice(start, start + CHUNK) } };
    const links = await db().link.findMany({ where, select: { id: true, payload: true } });
    for (const { id, payload } of links) objects.set(id, cleanJson(payload));
  }
  return objects;
}

/** A value of a link's property, its display name, and a tag's colour in Dub. */
export type LinkValue = { value: string | null; name?: string; color?: string | null };

/** Ids of other systems that the sender stores with links. They have no columns. */
const SENT_IDS = ["externalId", "tenantId", "partnerId", "programId"] as const;
export type SentId = (typeof SENT_IDS)[number];

export const isSentId = (field: string): field is SentId => SENT_IDS.some((name) => name === field);

const COLUMNS = { domain: "domain", folderId: "folder_id", key: "key", title: "title" } as const;

/** A text property: a column, or a field of the payload, where empty means missing. */
const textSql = (field: keyof typeof COLUMNS | SentId): Prisma.Sql =>
  Prisma.raw(isSentId(field) ? `nullif(payload->>'${field}', '')` : COLUMNS[field]);

function valuesOf(key: LinkDimensionKey | SentId, stored: unknown): LinkValue[] {
  if (key !== "tagId") return [{ value: z.string().nullable().parse(stored) }];
  const tags = Tags.parse(stored).map(({ id, ...look }) => ({ value: id, ...look }));
  return tags.length > 0 ? tags : [{ value: null }];
}

const lastRows = lastKnown<unknown>("rows about links");

/** Validated rows of one statement; while the database is away, those that it had last. */
const read = async <Row extends z.ZodType>(row: Row, sql: Prisma.Sql): Promise<z.infer<Row>[]> =>
  z.array(row).parse(await lastRows([sql.text, sql.values], () => db().$queryRaw(sql)));

const StoredRow = z.object({ id: z.string(), stored: z.unknown() });

/** Values of one property by link id: all tags, else one. Reads only one column, as it does so for all links. */
export async function linkValues(
  key: LinkDimensionKey | SentId,
  ids: readonly string[],
): Promise<Map<string, LinkValue[]>> {
  const stored = key === "tagId" ? Prisma.sql`tags` : textSql(key);
  const rows = await read(StoredRow, Prisma.sql`select id, ${stored} as stored from link where id = any(${[...ids]})`);
  const values = new Map(rows.map(({ id, stored }) => [id, valuesOf(key, stored)]));
  if (key !== "tagId" && key !== "folderId") return values;
  const named = [...new Set([...values.values()].flat().flatMap(({ value }) => value ?? []))];
  const looks = await (key === "tagId" ? tagLooks(named) : folderLooks(named));
  for (const entry of [...values.values()].flat()) Object.assign(entry, looks.get(entry.value ?? ""));
  return values;
}

type Look = Omit<LinkValue, "value">;

async function folderLooks(ids: readonly string[]): Promise<Map<string, Look>> {
  return new Map([...(await folderNames(ids))].map(([id, name]) => [id, { name }]));
}

/** Names and colours of tags by id. Older messages have a tag's old name, so the newest message counts. */
async function tagLooks(ids: readonly string[]): Promise<Map<string, Look & { name: string }>> {
  if (ids.length === 0) return new Map();
  const sql = Prisma.sql`
    select distinct on (id) tag->>'id' as id, tag->>'name' as name, tag->>'color' as color
    from link, jsonb_array_elements(case jsonb_typeof(tags) when 'array' then tags else '[]' end) as tag
    where tag->>'id' = any(${[...ids]}::text[]) and tag->>'name' is not null
    order by id, coalesce(said_at, updated_at) desc nulls last, name`;
  return new Map((await read(Tag, sql)).map(({ id, ...look }) => [id, look]));
}

/** Names of tags by id. */
export async function tagNames(ids: readonly string[]): Promise<Map<string, string>> {
  return new Map([...(await tagLooks(ids))].map(([id, { name }]) => [id, name]));
}

/** Links with any of these tags, with those tags that each has. */
export function linksOfTags(ids: readonly string[]): Promise<{ link: string; tag: string }[]> {
  const sql = Prisma.sql`
    select link.id as link, tag->>'id' as tag
    from link, jsonb_array_elements(case jsonb_typeof(tags) when 'array' then tags else '[]' end) as tag
    where tag->>'id' = any(${[...ids]}::text[])`;
  return read(z.object({ link: z.string(), tag: z.string() }), sql);
}

/** Ids of links with `q` as id or in a text, ignoring case and accents; by name unless by age. */
export async function listLinks(q: string, sort: LinkSort): Promise<string[]> {
  const wanted = freeText(q);
  const parts = wanted === null ? [] : searchForms(wanted);
  const texts = [Prisma.sql`title`, Prisma.sql`short_link`, Prisma.sql`key`, Prisma.sql`url`];
  const tests = [Prisma.sql`id = ${wanted ?? ""}`, ...texts.map((text) => hasAny(text, parts))];
  const sql = Prisma.sql`
    select id, short_link as name from link
    ${wanted === null ? Prisma.empty : Prisma.sql`where ${Prisma.join(tests, " or ")}`}
    order by ${sort === "created" ? Prisma.sql`created_at desc nulls last,` : Prisma.empty}
      short_link collate "C" nulls last, id`;
  const links = await read(z.object({ id: z.string(), name: z.string().nullable() }), sql);
  // Databases differ in their collations.
  if (sort === "name") links.sort((a, b) => compareNames(a.name, b.name));
  return links.map(({ id }) => id);
}

/** The sender's key of a bare domain's link. */
const ROOT_KEY = "_root";

/** The links that a condition matches, or all others. An unknown link has no values and is neither archived nor root. */
export async function linkIds({ field, op, values }: LinkTerm): Promise<{ negated: boolean; ids: string[] }> {
  const isText = op === "contains" || op === "notContains";
  const tests = values.map((value) => (isText ? containsSql(field, value ?? "") : isSql(field, value)));
  const matches = Prisma.sql`coalesce(${Prisma.join(tests, " or ", "(", ")")}, false)`;
  const isFlag = field === "archived" || field === "root";
  const takesUnknown = values.some((value) => value === null || (isFlag && value === "false"));
  const sql = Prisma.sql`select id from link where ${takesUnknown ? Prisma.sql`not ${matches}` : matches}`;
  const found = await read(z.object({ id: z.string() }), sql);
  return { negated: isNegated(op) !== takesUnknown, ids: found.map(({ id }) => id) };
}

/** Normalises the values of a condition like stored ones. */
const SPELL = { domain: spellDomain, folderId: (id: string) => id, key: spellKey, title: spellTitle } as const;

function isSql(field: LinkField, value: string | null): Prisma.Sql {
  if (field === "archived") return Prisma.sql`archived = ${value === "true"}`;
  if (field === "root")
    return value === "true" ? Prisma.sql`key = ${ROOT_KEY}` : Prisma.sql`(key <> ${ROOT_KEY} or key is null)`;
  if (field === "tagId")
    return value === null ? Prisma.sql`tags = '[]'` : Prisma.sql`tags @> ${JSON.stringify([{ id: value }])}::jsonb`;
  const text = textSql(field);
  if (value === null) return Prisma.sql`${text} is null`;
  if (isSentId(field)) {
    // The sender's API prefixes external ids with this.
    const bare = field === "externalId" && value.startsWith("ext_") ? [value.slice("ext_".length)] : [];
    return Prisma.sql`${text} in (${Prisma.join([value, ...bare])})`;
  }
  const spelled = SPELL[field](value) ?? value;
  return field === "key" ? Prisma.sql`lower(key collate "C") = ${sameKey(spelled)}` : Prisma.sql`${text} = ${spelled}`;
}

function containsSql(field: LinkField, value: string): Prisma.Sql {
  if (field !== "domain" && field !== "key" && field !== "title") throw new RangeError(`${field} has no text`);
  return hasAny(Prisma.raw(field), [partOfValue(field, value)]);
}
