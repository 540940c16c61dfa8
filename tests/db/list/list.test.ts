import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { readListFilters } from "@/lib/deliveries/list/filters";
import { answerHistory } from "@/lib/deliveries/list/history";
import { answerDeliveries, parseDeliveryCursor } from "@/lib/deliveries/list/rows";
import { clickPayload, linkPayload } from "@/tests/factory";
import { deliver, NOW } from "../deliveries/deliver";

const SOON = new Date(NOW.getTime() + 60_000);

async function listed(query: string, limit = 100, before: string | null = null) {
  const filters = readListFilters(new URLSearchParams(query));
  const place = parseDeliveryCursor(before ?? "");
  return answerDeliveries(filters, { limit, now: SOON, ...(place && { before: place }) });
}
const outcomes = async (query: string) => (await listed(query)).rows.map(({ outcome }) => outcome);

/** Three clicks, one of them sent twice, a link, something unreadable. */
async function deliverSome(): Promise<void> {
  await deliver(clickPayload(), clickPayload({ click: { id: "b" } }), "nonsense");
  await deliver(clickPayload({ id: "evt_again" }), linkPayload("link.updated"));
  await deliver(clickPayload({ id: "evt_c", click: { id: "c" }, link: { id: "other" } }));
}

test("every delivery is listed once, with its outcome, page by page", async () => {
  await deliverSome();
  const seen: string[] = [];
  let older: string | null = null;
  do {
    const page = await listed("", 2, older);
    seen.push(...page.rows.map(({ id, outcome }) => `${id} ${outcome}`));
    older = page.older;
  } while (older !== null);
  expect(seen.sort()).toEqual([
    ...["c1 counted", "c2 counted", "c3 counted"],
    ...["d1 quarantined", "d2 duplicate", "d3 ignored"],
  ]);
});

test("filters hold for both sources", async () => {
  await deliverSome();
  expect(await outcomes("outcome=counted")).toEqual(["counted", "counted", "counted"]);
  expect(await outcomes("outcome=quarantined")).toEqual(["quarantined"]);
  expect(await outcomes("link=other")).toEqual(["counted"]);
  expect(await outcomes("type=link.updated")).toEqual(["ignored"]);
  expect(await outcomes("id=evt_again")).toEqual(["duplicate"]);
  expect(await outcomes("id=c")).toEqual(["counted"]);
  expect(await outcomes("secret=7")).toHaveLength(6);
  expect(await outcomes("secret=8")).toEqual([]);
  await db().delivery.updateMany({ data: { receivedAt: new Date("2026-08-01T00:00:00Z") } });
  expect(await outcomes("outcome=quarantined")).toEqual([]);
  expect(await outcomes("outcome=quarantined&span=all")).toEqual(["quarantined"]);
});

test("the history has each delivery once, and the refused beside them", async () => {
  await deliverSome();
  await db().refusal.create({ data: { minute: NOW, reason: "signature", count: 3 } });
  for (const span of ["24h", "90d", null] as const) {
    const { buckets, totals, refused } = await answerHistory(span, SOON);
    expect(totals).toEqual({ counted: 3, duplicate: 1, test: 0, ignored: 1, quarantined: 1, replayed: 0 });
    expect(refused).toBe(3);
    const holding = buckets.filter(({ start, end }) => start <= NOW && NOW < end);
    expect(holding).toMatchObject([{ byOutcome: totals, refused: 3 }]);
  }
});

test("an id is looked for among the clicks of ninety days, and further back on a link that is named", async () => {
  await deliverSome();
  await db().click.updateMany({ data: { receivedAt: new Date("2026-01-01T00:00:00Z") } });
  expect(await outcomes("id=evt_c&span=all")).toEqual([]);
  expect(await outcomes("id=evt_c&span=all&link=other")).toEqual(["counted"]);
  expect((await outcomes("span=all")).filter((outcome) => outcome === "counted")).toHaveLength(3);
});
