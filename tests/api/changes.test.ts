import { beforeEach, expect, test } from "vitest";
import { GET } from "@/app/api/v1/clicks/route";
import { db } from "@/lib/base/db";
import { WRITE_LOCK } from "@/lib/base/write-lock";
import { storeDeliveries } from "@/lib/deliveries/commit";
import { readDelivery } from "@/lib/senders/sender";
import { SENDER } from "@/lib/senders/senders";
import { bytes, clickPayload } from "@/tests/factory";
import { hold } from "../db/locks";
import { click, insertClicks, insertLinks } from "../db/query/rows";
import { createRandom } from "../naive/random";
import { madeKey } from "./access-helpers";

type Page = { clicks: { seq: string; clickId: string; linkId: string }[]; after: string; more: boolean };

let key = { authorization: "" };

beforeEach(async () => {
  key = await madeKey({ name: "Warehouse", perMinute: 100_000 });
});

const ask = (query: Record<string, string>) =>
  GET(new Request(`http://localhost/api/v1/clicks?${new URLSearchParams(query)}`, { headers: key }), {});
const page = async (query: Record<string, string>): Promise<Page> => (await ask(query)).json();

/** Sends clicks in batches, some of them late or twice, from several connections at once. */
async function write(batches: number, size: number, seed: number): Promise<void> {
  const random = createRandom(seed);
  const lanes = [0, 1, 2].map(async (lane) => {
    for (let batch = lane; batch < batches; batch += 3) {
      const bodies = Array.from({ length: size }, (_, n) => {
        const id = `${batch}_${random.chance(0.1) ? 0 : n}`;
        const timestamp = new Date(Date.UTC(2026, 7, 15) - random.below(90) * 86_400_000).toISOString();
        return clickPayload({ id: `evt_${batch}_${n}`, click: { id: `click_${id}`, timestamp } });
      });
      const now = new Date("2026-08-16T00:00:00Z");
      await storeDeliveries(bodies.map((body) => readDelivery(SENDER, bytes(body), now, 7)));
    }
  });
  await Promise.all(lanes);
}

test("a consumer that is killed again and again has each click once, in the order of arrival", async () => {
  const random = createRandom(5);
  // What it keeps is written in one step with its cursor; being killed loses what it held since.
  const kept = { rows: [] as Page["clicks"], after: "" };
  let kills = 0;
  let isWriting = true;
  const writing = write(48, 12, 3).finally(() => {
    isWriting = false;
  });
  for (let isDone = false; !isDone; ) {
    const wasWriting = isWriting;
    const response = await ask({ limit: String(1 + random.below(40)), ...(kept.after && { after: kept.after }) });
    // Writers may keep their lock for long; a consumer then asks again.
    if (response.status === 503) continue;
    const got: Page = await response.json();
    if (kills < 100 && random.chance(0.6)) {
      kills++;
      continue;
    }
    kept.rows.push(...got.clicks);
    kept.after = got.after;
    isDone = !wasWriting && !got.more && kills === 100;
  }
  await writing;
  const stored = await db().click.findMany({ select: { seq: true }, orderBy: { seq: "asc" } });
  expect(kept.rows.map(({ seq }) => seq)).toEqual(stored.map(({ seq }) => String(seq)));
  expect(stored.length).toBeGreaterThan(400);
  expect(kills).toBe(100);
});

test("a click that is stored later than one with a higher number is waited for", async () => {
  await insertLinks([{ id: "a" }]);
  const commit = await hold(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock_shared(${WRITE_LOCK})`;
    await tx.click.create({ data: { ...click(), clickId: "slow" } });
  });
  await insertClicks([click({ linkId: "b" })]);
  const busy = await ask({});
  expect([busy.status, busy.headers.get("retry-after")]).toEqual([503, "5"]);
  await commit();
  const { clicks, after, more } = await page({});
  expect([clicks.map(({ clickId }) => clickId), more]).toEqual([["slow", "click_0"], false]);
  expect(await page({ after })).toEqual({ clicks: [], after, more: false });
});

test("a limited key is given its links' clicks, and no others count", async () => {
  await insertLinks([{ id: "own", folderId: "f" }, { id: "other" }]);
  await insertClicks(Array.from({ length: 9 }, (_, n) => click({ linkId: n % 3 === 0 ? "own" : "other" })));
  key = await madeKey({ name: "Limited", links: { folderId: ["f"] } });
  const first = await page({ limit: "2" });
  expect([first.clicks.map(({ seq }) => seq), first.more]).toEqual([["1", "4"], true]);
  const second = await page({ limit: "2", after: first.after });
  expect([second.clicks.map(({ seq }) => seq), second.more]).toEqual([["7"], false]);
  expect((await page({ after: second.after })).clicks).toEqual([]);
  // Its cursor doesn't tell how many there are besides.
  await insertClicks([click({ linkId: "other", clickedAt: new Date("2026-08-16T00:00:00Z") })]);
  const third = await page({ after: second.after });
  expect(third).toEqual({ clicks: [], after: second.after, more: false });
  expect(second.after).toMatch(/\.7$/);
});

test("a click has everything that is kept of it but what concerns its delivery", async () => {
  await insertClicks([click({ ip: "198.51.100.7", urlRaw: "https://a.example/?x=1", secretId: 7, country: "DE" })]);
  const { clicks } = await page({});
  expect(clicks[0]).toMatchObject({
    seq: "1",
    linkId: "a",
    ip: "198.51.100.7",
    country: "DE",
    clickedAt: "2026-08-15T10:00:00.000Z",
  });
  expect(clicks[0]).not.toHaveProperty("secretId");
  expect(clicks[0]).not.toHaveProperty("visitor");
});

test("a cursor of other data, and what isn't one, are refused", async () => {
  await insertClicks([click()]);
  const { after } = await page({});
  for (const [query, message] of [
    [{ after: "7" }, "after: Use a cursor from an earlier response."],
    [{ after: after.replace(/^./, "x") }, "after: This cursor belongs to other data. Start again without it."],
    [{ limit: "0" }, "limit: Use a number from 1 to 5000."],
    [{ country: "DE" }, "country: Unknown parameter. Remove it."],
    [{ bots: "exclude" }, "bots: Unknown parameter. Remove it."],
    [{ after: "" }, "after: Add a value."],
    [
      { after: after.replace(/\d+$/, "99") },
      "after: This cursor is ahead of the data, which was restored from an earlier backup. Start again without it.",
    ],
  ] as const) {
    const response = await ask(query);
    expect([response.status, (await response.json()).error.message]).toEqual([422, message]);
  }
});
