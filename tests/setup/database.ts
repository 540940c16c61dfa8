import "./quick-passwords";
import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeEach, expect, inject } from "vitest";
import { runtime } from "@/lib/base/runtime";
import { PrismaClient } from "@/lib/generated/prisma/client";
import { createDistributed, dropJoined } from "./cluster";
import { brokenRules } from "./cluster-rules";

const url = new URL(inject("templateUrl"));
const template = url.pathname.slice(1);
const clone = `${template}_${randomUUID().slice(0, 8)}`;

async function asTemplateOwner(statement: string): Promise<void> {
  // Nobody may be connected to a template while it is copied, so the order is given from elsewhere.
  const elsewhere = new URL(url);
  elsewhere.pathname = "postgres";
  const client = new Client({ connectionString: elsewhere.href });
  await client.connect();
  await client.query(statement);
  await client.end();
}

// Before anything imports lib/base/db: setup files run first, once for each test file.
const clusterUrl = inject("clusterUrl");
if (clusterUrl) await createDistributed(clusterUrl, clone);
else await asTemplateOwner(`create database ${clone} template ${template}`);
url.pathname = clone;
process.env.DATABASE_URL = url.href;
// Its own: what a slow database leaves in the spool belongs to this database.
process.env.DATA_DIR = join(inject("dataDir"), clone);
mkdirSync(process.env.DATA_DIR, { recursive: true });

/** Texts of statements that were sent, and those of this test that a Citus cluster couldn't run. */
const sent = new Set<string>();
let unfit: string[] = [];
const send = Client.prototype.query;
Client.prototype.query = function (this: Client, ...given: unknown[]) {
  const [query] = given;
  const text = typeof query === "object" && query !== null && "text" in query ? query.text : query;
  if (typeof text === "string" && !sent.has(text)) {
    sent.add(text);
    unfit.push(...brokenRules(text).map((rule) => `${rule}: ${text}`));
  }
  return Reflect.apply(send, this, given);
} as typeof send;

afterEach(() => {
  const found = unfit;
  unfit = [];
  expect(found, "statements for a Citus cluster, see tests/setup/cluster-rules.ts").toEqual([]);
});

const client = new Client({ connectionString: url.href });
await client.connect();
const { rows: tables } = await client.query<{ name: string; numbers: string | null }>(
  `select format('%I.%I', schemaname, tablename) as name, (
     select pg_get_serial_sequence(format('%I.%I', schemaname, tablename), column_name) from information_schema.columns
     where (table_schema, table_name, is_identity) = (schemaname, tablename, 'YES')
   ) as numbers
   from pg_tables where schemaname = 'public' and tablename not in ('_prisma_migrations', 'dataset')`,
);
const used = tables.map(({ name, numbers }) => {
  const wasNumbered = numbers ? `or (select is_called from ${numbers})` : "";
  return `select '${name}' as name where exists (select from ${name}) ${wasNumbered}`;
});
/** Tables that have rows, or had some that were numbered. To truncate all of them takes seven times as long. */
const USED = { name: "used", text: `select string_agg(name, ', ') as tables from (${used.join(" union all ")}) used` };

beforeEach(async () => {
  const { rows } = await client.query<{ tables: string | null }>(USED);
  if (rows[0]?.tables) await client.query(`truncate ${rows[0].tables} restart identity cascade`);
  // Whole addresses, which say more when a test fails. Tests of privacy set what they are about.
  await client.query(
    `update dataset set kept_address = 'full', visitor_period = 'never', click_days = null, delivery_days = null,
       pruned_before = null`,
  );
});

afterAll(async () => {
  await client.end();
  for (const part of runtime().values()) if (part instanceof PrismaClient) await part.$disconnect();
  if (clusterUrl) await dropJoined(clusterUrl, clone);
  else await asTemplateOwner(`drop database ${clone} with (force)`);
});
