import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import * as csv from "@/app/api/export/events.csv/route";
import * as ndjson from "@/app/api/export/events.ndjson/route";
import * as parquet from "@/app/api/export/events.parquet/route";
import { db } from "@/lib/base/db";
import { hold, untilWaiting } from "../db/locks";
import { click, insertClicks, insertLinks } from "../db/query/rows";
import { serveRoutes } from "../setup/routes-server";
import { madeKey } from "./access-helpers";

let server: Awaited<ReturnType<typeof serveRoutes>>;
let key = { authorization: "" };

beforeAll(async () => {
  server = await serveRoutes({
    "/api/export/events.csv": csv,
    "/api/export/events.ndjson": ndjson,
    "/api/export/events.parquet": parquet,
  });
});
afterAll(() => server.close());

beforeEach(async () => {
  key = await madeKey({ name: "Warehouse" });
  await insertLinks([{ id: "a" }]);
  await insertClicks([click({ country: "DE" }), click({ country: "US" })]);
});

const get = (format: string, signal?: AbortSignal) =>
  fetch(`${server.url}/api/export/events.${format}?interval=all`, { headers: key, ...(signal && { signal }) });

/** Statements of exports, and their transactions. */
const copies = async () => {
  const [row] = await db().$queryRaw<[{ count: number }]>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and state <> 'idle' and query ilike 'copy (%'`;
  return row.count;
};

test("whoever goes away before the first byte leaves no statement and no place behind", async () => {
  for (const format of ["csv", "ndjson", "parquet"]) {
    const release = await hold((tx) => tx.$executeRaw`lock table click in access exclusive mode`);
    const leaving = new AbortController();
    const asked = [get(format, leaving.signal), get(format, leaving.signal)].map((one) => one.catch(() => "gone"));
    await untilWaiting(2);
    leaving.abort();
    expect(await Promise.all(asked)).toEqual(["gone", "gone"]);
    await release();
    await expect.poll(copies).toBe(0);
    // Both places are free again.
    const statusOf = async (response: Response) => {
      await response.arrayBuffer();
      return response.status;
    };
    await expect.poll(async () => statusOf(await get(format))).toBe(200);
    await expect
      .poll(async () => Promise.all((await Promise.all([get(format), get(format)])).map(statusOf)))
      .toEqual([200, 200]);
  }
});

test("one key has two exports of clicks at a time, and others have theirs", async () => {
  const release = await hold((tx) => tx.$executeRaw`lock table click in access exclusive mode`);
  const own = [get("csv"), get("ndjson")];
  await untilWaiting(2);
  const third = await get("csv");
  expect([third.status, third.headers.get("retry-after")]).toEqual([429, "30"]);
  expect((await third.json()).error).toEqual({
    code: "rate_limit_exceeded",
    message: "2 of your exports are running. Try again when one of them has finished, or cancel one.",
  });
  key = await madeKey({ name: "Another" });
  const others = get("csv");
  await untilWaiting(3);
  await release();
  for (const response of await Promise.all([...own, others])) {
    expect(response.status).toBe(200);
    expect((await response.text()).length).toBeGreaterThan(50);
  }
});

test("clicks that are being deleted by their age are in no export, so that rows are as many as were counted", async () => {
  await db().dataset.updateMany({ data: { prunedBefore: new Date("2026-08-15T12:00:00Z") } });
  await insertClicks([click({ country: "FR", clickedAt: new Date("2026-08-16T00:00:00Z") })]);
  const response = await get("ndjson");
  expect(response.headers.get("x-footfall-rows")).toBe("1");
  expect(JSON.parse(await response.text())).toMatchObject({ country: "FR" });
});
