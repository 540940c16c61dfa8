import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { CLICK_FIELDS } from "@/lib/click/fields";
import { COPIED, SHARDED } from "../setup/cluster-rules";
import { type Field, type Index, type Model, readDatamodel } from "../setup/datamodel";

const { models, indexes } = await readDatamodel();

const TYPES: Record<string, string> = {
  String: "text",
  Int: "integer",
  BigInt: "bigint",
  Boolean: "boolean",
  Json: "jsonb",
  Bytes: "bytea",
};
const ACTIONS: Record<string, string> = { a: "NoAction", r: "Restrict", c: "Cascade", n: "SetNull", d: "SetDefault" };

const tableOf = ({ dbName, name }: Model) => dbName ?? name;

function modelOf(name: string): Model {
  const model = models.find((candidate) => candidate.name === name);
  if (!model) throw new Error(`no model ${name}`);
  return model;
}

function columnOf(model: Model, name: string): string {
  const field = model.fields.find((candidate) => candidate.name === name);
  if (!field) throw new Error(`no field ${name} in ${model.name}`);
  return field.dbName ?? field.name;
}

function typeOf({ type, nativeType }: Field): string {
  if (nativeType?.[0] === "Timestamptz") return `timestamp(${nativeType[1].join()}) with time zone`;
  const known = nativeType ? undefined : TYPES[type];
  if (!known) throw new Error(`no Postgres type is known for ${type} ${nativeType?.join(" ") ?? ""}`);
  return known;
}

function defaultOf({ type, default: value }: Field): string | null {
  if (value === undefined) return null;
  if (typeof value === "object" && value !== null && "name" in value) {
    if (value.name === "autoincrement") return "identity";
    return value.name === "now" ? "CURRENT_TIMESTAMP" : null;
  }
  return typeof value === "string" ? `'${value}'::${TYPES[type]}` : String(value);
}

const byJson = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

test("every column of the database is the schema's, and the other way round", async () => {
  const columns = await db().$queryRaw<object[]>`
    select c.relname::text as table, a.attname::text as column, format_type(a.atttypid, a.atttypmod) as type,
           not a.attnotnull as nullable,
           case when a.attidentity <> '' then 'identity' else pg_get_expr(d.adbin, d.adrelid) end as default
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> '_prisma_migrations'`;

  const expected = models.flatMap((model) =>
    model.fields
      .filter(({ kind }) => kind !== "object")
      .map((field) => ({
        table: tableOf(model),
        column: field.dbName ?? field.name,
        type: typeOf(field),
        nullable: !field.isRequired,
        default: defaultOf(field),
      })),
  );
  expect(columns.sort(byJson)).toEqual(expected.sort(byJson));
});

test("the table of a click's fields is the schema's model: every key, column and type", () => {
  const names = { text: "String", int: "Int", boolean: "Boolean", timestamptz: "DateTime" };
  const table = CLICK_FIELDS.map(({ key, column, type }) => ({ key, column, type: names[type] }));
  const model = modelOf("Click").fields.filter(({ name }) => name !== "seq");
  const expected = model.map(({ name, dbName, type }) => ({ key: name, column: dbName ?? name, type }));
  expect(table.sort(byJson)).toEqual(expected.sort(byJson));
});

type Key = { table: string; name: string; kind: Index["type"]; columns: string[] };

async function readKeys(): Promise<Key[]> {
  return await db().$queryRaw<Key[]>`
    select t.relname::text as table, i.relname::text as name,
           case when x.indisprimary then 'id' when x.indisunique then 'unique' else 'normal' end as kind,
           array(
             select coalesce(a.attname::text, 'expression') || case when option & 1 = 1 then ' desc' else '' end
             from unnest(x.indkey, x.indoption) with ordinality as key (number, option, position)
             left join pg_attribute a on a.attrelid = x.indrelid and a.attnum = number
             order by position
           ) || case when x.indpred is null then '{}' else '{partial}' end::text[] as columns
    from pg_index x
    join pg_class i on i.oid = x.indexrelid
    join pg_class t on t.oid = x.indrelid
    where t.relnamespace = 'public'::regnamespace and t.relname <> '_prisma_migrations'`;
}

test("every primary key, unique key and index of the database is the schema's, and the other way round", async () => {
  const expected = indexes.map((index) => {
    const model = modelOf(index.model);
    const columns = index.fields.map(
      ({ name, sortOrder }) => columnOf(model, name) + (sortOrder === "desc" ? " desc" : ""),
    );
    return { table: tableOf(model), name: index.dbName, kind: index.type, columns };
  });
  expect((await readKeys()).sort(byJson)).toEqual(expected.sort(byJson));
});

type ForeignKey = {
  table: string;
  columns: string[];
  target: string;
  targetColumns: string[];
  onDelete: string;
  onUpdate: string;
};

async function readForeignKeys(): Promise<ForeignKey[]> {
  const keys = await db().$queryRaw<ForeignKey[]>`
    select c.conrelid::regclass::text as table, c.confrelid::regclass::text as target,
           array(select attname::text from unnest(c.conkey) with ordinality as key (number, position)
                 join pg_attribute on attrelid = c.conrelid and attnum = number order by position) as columns,
           array(select attname::text from unnest(c.confkey) with ordinality as key (number, position)
                 join pg_attribute on attrelid = c.confrelid and attnum = number order by position) as "targetColumns",
           c.confdeltype::text as "onDelete", c.confupdtype::text as "onUpdate"
    from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace`;
  return keys.map((key) => ({
    ...key,
    table: key.table.replaceAll('"', ""),
    target: key.target.replaceAll('"', ""),
    onDelete: ACTIONS[key.onDelete] ?? key.onDelete,
    onUpdate: ACTIONS[key.onUpdate] ?? key.onUpdate,
  }));
}

test("every foreign key of the database is the schema's, and the other way round", async () => {
  const expected = models.flatMap((model) =>
    model.fields
      .filter(({ relationFromFields }) => relationFromFields?.length)
      .map(({ type, relationFromFields = [], relationToFields = [], relationOnDelete, relationOnUpdate }) => ({
        table: tableOf(model),
        columns: relationFromFields.map((name) => columnOf(model, name)),
        target: tableOf(modelOf(type)),
        targetColumns: relationToFields.map((name) => columnOf(modelOf(type), name)),
        onDelete: relationOnDelete,
        onUpdate: relationOnUpdate,
      })),
  );
  const order = (a: ForeignKey, b: ForeignKey) => byJson([a.table, a.columns], [b.table, b.columns]);
  expect((await readForeignKeys()).sort(order)).toEqual((expected as ForeignKey[]).sort(order));
});

test("tables by link can be distributed by it: every unique key has link_id, and no key points from or to them", async () => {
  const unique = (await readKeys()).filter(({ table, kind }) => SHARDED.includes(table) && kind !== "normal");

  expect(new Set(unique.map(({ table }) => table))).toEqual(new Set(SHARDED));
  expect(unique.filter(({ columns }) => !columns.includes("link_id"))).toEqual([]);
  const tables = [...SHARDED, ...COPIED];
  const keys = await readForeignKeys();
  expect(keys.filter(({ table, target }) => tables.includes(table) || tables.includes(target))).toEqual([]);
});

test("there are no triggers and no cascading updates", async () => {
  // Those of Citus are on its own tables.
  const triggers = await db().$queryRaw`
    select tgname::text from pg_trigger join pg_class on pg_class.oid = tgrelid
    where not tgisinternal and relnamespace = 'public'::regnamespace`;
  expect(triggers).toEqual([]);
  expect((await readForeignKeys()).filter(({ onUpdate }) => onUpdate === "Cascade")).toEqual([]);
});
