import { Client } from "pg";
import { expect } from "vitest";
import type { Sent } from "./sender";

/** How often each click, each event and each other outcome stands in the database. */
type Stored = { clicks: Map<string, number>; events: Map<string, number>; outcomes: Map<string, number> };

async function readStored(databaseUrl: string): Promise<Stored> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const counts = async (sql: string) => {
    const { rows } = await client.query<{ name: string; count: number }>(sql);
    return new Map(rows.map(({ name, count }) => [name, count]));
  };
  try {
    return {
      clicks: await counts("select click_id as name, count(*)::int as count from click group by 1"),
      events: await counts(
        `select event_id as name, count(*)::int as count
         from (select event_id from click union all select event_id from delivery) as stored group by 1`,
      ),
      outcomes: await counts("select outcome as name, count(*)::int as count from delivery group by 1"),
    };
  } finally {
    await client.end();
  }
}

/**
 * Fails unless every click that was taken stands once, every other delivery that was taken is listed, and nothing is listed
 * more often than it can have been stored: an attempt once, and once more where the answer to its commit was lost.
 *
 * @returns how many clicks there are
 */
export async function expectBalanced(databaseUrl: string, sent: readonly Sent[]): Promise<number> {
  const { clicks, events, outcomes } = await readStored(databaseUrl);
  const lost = sent.filter(({ clickId, acknowledged }) => acknowledged > 0 && clickId && !clicks.has(clickId));
  expect(lost, "acknowledged and not counted").toEqual([]);
  const twice = [...clicks].filter(([, count]) => count !== 1);
  expect(twice, "counted more than once").toEqual([]);
  const unlisted = sent.filter(({ eventId, acknowledged }) => (events.get(eventId) ?? 0) < acknowledged);
  expect(unlisted, "acknowledged and neither counted nor listed").toEqual([]);
  // A commit whose answer was lost or late is listed once more when the delivery is stored again.
  const tooOften = sent.filter(({ eventId, attempts }) => (events.get(eventId) ?? 0) > 2 * attempts);
  expect(tooOften, "stands there more often than it can have been stored").toEqual([]);
  const known = new Set(sent.flatMap(({ clickId }) => clickId ?? []));
  expect(
    [...clicks.keys()].filter((id) => !known.has(id)),
    "counted and never sent",
  ).toEqual([]);
  expect([...outcomes.keys()].filter((name) => !["duplicate", "quarantined"].includes(name))).toEqual([]);
  return clicks.size;
}
