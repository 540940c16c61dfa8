import { Client } from "pg";
import { onTestFinished } from "vitest";
import { db } from "@/lib/base/db";
import { createSqlUser, listSqlUsers, revokeSqlUser } from "@/scripts/sql-user";
import { click, insertClicks, insertLinks } from "./query/rows";

export const url = process.env.DATABASE_URL ?? "";
/** Users belong to the whole server, which other test files use as well. */
export const NAME = `reader_${process.pid}_${process.env.VITEST_POOL_ID ?? 0}`;

/** A connection, which ends with the test. */
export async function connected(address: string): Promise<Client> {
  const client = new Client({ connectionString: address });
  client.on("error", () => {});
  await client.connect();
  onTestFinished(() => client.end().catch(() => {}));
  return client;
}

/** The address with which a user connects. */
export function addressOf(name: string, password: string): string {
  const address = new URL(url);
  address.username = name;
  address.password = password;
  return address.href;
}

/** Makes a user and connects as one; gone after the test. */
export async function reader(): Promise<Client> {
  const admin = await connected(url);
  const password = await createSqlUser(admin, NAME);
  onTestFinished(async () => {
    const again = new Client({ connectionString: url });
    await again.connect();
    if ((await listSqlUsers(again)).includes(NAME)) await revokeSqlUser(again, NAME);
    await again.end();
  });
  return connected(addressOf(NAME, password));
}

/** Two clicks and two links, with what views must not tell. */
export async function seed(): Promise<void> {
  await db().folder.create({ data: { id: "f", name: "Campaigns" } });
  await insertLinks([
    {
      ...{ id: "a", domain: "go.example.com", key: "a", shortLink: "https://go.example.com/a", title: "Spring" },
      ...{ folderId: "f", payload: { secret: "in the payload" } },
      tags: [
        { id: "2", name: "Second", color: null },
        { id: "1", name: "First", color: null },
      ],
    },
    { id: "b", tags: "broken" },
  ]);
  await insertClicks([
    click({
      country: "DE",
      ip: "203.0.113.7",
      ua: "Agent/1.0",
      visitor: "hash",
      urlRaw: "https://a.example/?token=raw",
    }),
    click({ country: "US", bot: true, utmSource: "news", receivedAt: new Date("2026-08-15T10:00:07Z") }),
  ]);
}
