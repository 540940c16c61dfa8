import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { db } from "@/lib/base/db";
import { ask } from "@/lib/engines/engine";
import { Prisma } from "@/lib/generated/prisma/client";
import { answerFrom } from "../../naive/mirrored";
import { click, insertClicks, insertLinks } from "../query/rows";
import { newDirectory, newMirror, reached } from "./mirrors";

const READ_MS = 2_000;
const Row = z.object({ n: z.coerce.number() });
/** Never ends. */
const ENDLESS = Prisma.sql`select count(*) as n from range(1000000000000) as a, range(1000000) as b where a.range % 7 = b.range % 11`;
const WORDS = /^This took longer than a minute and was stopped\./;

afterEach(() => answerFrom(null));

test("a question that takes too long is stopped, isn't asked of Postgres, and leaves the mirror to others", async () => {
  await insertLinks([{ id: "a" }]);
  await insertClicks([click({ linkId: "a" }), click({ linkId: "a" })]);
  const mirror = newMirror(newDirectory(), { readMs: READ_MS });
  await reached(mirror, "current");
  answerFrom(mirror);
  const askedOf: string[] = [];
  const endless = ask(Row, (engine) => {
    askedOf.push(engine);
    return ENDLESS;
  });
  await expect(endless).rejects.toMatchObject({ code: "unavailable", message: expect.stringMatching(WORDS) });
  expect(askedOf).toEqual(["mirror"]);
  expect(mirror.status().state).toBe("current");
  // Both readers are free again. A busy machine may take its time for these, too.
  const small = () => ask(Row, () => Prisma.sql`select count(*) as n from click`);
  const all = () => Promise.all([1, 2, 3].map(small));
  expect(await vi.waitFor(all, { timeout: 60_000 })).toEqual([1, 2, 3].map(() => [{ n: 2 }]));
});

test("a statement that Postgres ends says the same", async () => {
  await db().$executeRawUnsafe(`
    create or replace function ended() returns bigint language plpgsql as $$
    begin raise exception using errcode = 'query_canceled'; end $$`);
  await expect(ask(Row, () => Prisma.sql`select ended() as n`)).rejects.toMatchObject({
    message: expect.stringMatching(WORDS),
  });
});
