import { afterEach, expect, test } from "vitest";
import { createFeed, watchClicks } from "@/lib/api/live/new-clicks";
import { db } from "@/lib/base/db";
import { filtersFromParams } from "@/lib/question/codec/read";
import { clickPayload } from "@/tests/factory";
import { deliver } from "./deliveries/deliver";
import { click, OWNER } from "./query/rows";

const NOW = new Date("2026-08-15T12:00:00Z");
const filters =
  (query = "") =>
  () =>
    filtersFromParams(new URLSearchParams(`interval=all&${query}`), NOW);

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

const store = (clickId: string, fields = {}) => db().click.create({ data: click({ clickId, ...fields }) });
const ids = async (feed: Awaited<ReturnType<typeof createFeed>>) =>
  (await feed.next()).clicks.map(({ clickId }) => clickId);

test("a feed gives every click that is stored after it began, once, the oldest first", async () => {
  await store("before");
  const feed = await createFeed(OWNER, filters(), null);
  expect(await ids(feed)).toEqual([]);
  await store("one");
  // Late deliveries happened long ago, and are new all the same.
  await store("two", { clickedAt: new Date("2026-01-01T00:00:00Z") });
  expect(await ids(feed)).toEqual(["one", "two"]);
  expect(await ids(feed)).toEqual([]);
});

test("a feed gives only what matches", async () => {
  const feed = await createFeed(OWNER, filters("country=DE"), null);
  await store("german", { country: "DE" });
  await store("french", { country: "FR" });
  expect(await ids(feed)).toEqual(["german"]);
});

test("a number that becomes visible after a higher one is not missed", async () => {
  await store("first", { seq: 100n });
  const feed = await createFeed(OWNER, filters(), null);
  await store("third", { seq: 103n });
  expect(await ids(feed)).toEqual(["third"]);
  await store("second", { seq: 102n });
  expect(await ids(feed)).toEqual(["second"]);
});

test("a feed goes on where another was left", async () => {
  const feed = await createFeed(OWNER, filters(), null);
  await store("seen");
  const { place } = await feed.next();
  await store("missed");
  const again = await createFeed(OWNER, filters(), place);
  expect(await ids(again)).toEqual(["missed"]);
});

test("with a rare filter a feed does not look again at all that came since it began", async () => {
  const feed = await createFeed(OWNER, filters("country=IS"), null);
  await store("far", { country: "DE", seq: 90_000n });
  expect(await feed.next()).toEqual({ clicks: [], place: "90000", omitted: 0 });
  // Within the window a number may become visible later; what lies before it has been seen.
  await store("long ago", { country: "IS", seq: 1_000n });
  await store("late", { country: "IS", seq: 89_900n });
  expect(await ids(feed)).toEqual(["late"]);
});

test("who watches is told of stored deliveries, and of nothing that was not counted", async () => {
  let told = 0;
  ends.push(
    watchClicks(() => {
      told += 1;
    }),
  );
  // Once when it listens.
  await expect.poll(() => told).toBe(1);
  const delivery = clickPayload();
  await deliver(delivery);
  await expect.poll(() => told).toBe(2);
  await deliver(delivery);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(told).toBe(2);
});

test("a connection that Postgres ends is made again, and who watches is told", async () => {
  let told = 0;
  ends.push(
    watchClicks(() => {
      told += 1;
    }),
  );
  await expect.poll(() => told).toBe(1);
  await db().$executeRaw`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like 'listen %'`;
  await expect.poll(() => told, { timeout: 30_000 }).toBe(2);
});
