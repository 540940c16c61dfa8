import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeEach, inject } from "vitest";
import { runtime } from "@/lib/base/runtime";
import { PrismaClient } from "@/lib/generated/prisma/client";

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
await asTemplateOwner(`create database ${clone} template ${template}`);
url.pathname = clone;
process.env.DATABASE_URL = url.href;
process.env.DATA_DIR = inject("dataDir");

const client = new Client({ connectionString: url.href });
await client.connect();
const { rows } = await client.query<{ tables: string }>(
  `select string_agg(format('%I.%I', schemaname, tablename), ', ') as tables
   from pg_tables where schemaname = 'public' and tablename not in ('_prisma_migrations', 'dataset')`,
);

beforeEach(async () => {
  await client.query(`truncate ${rows[0]?.tables} restart identity cascade`);
});

afterAll(async () => {
  await client.end();
  for (const part of runtime().values()) if (part instanceof PrismaClient) await part.$disconnect();
  await asTemplateOwner(`drop database ${clone} with (force)`);
});
