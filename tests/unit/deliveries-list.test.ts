import fc from "fast-check";
import { expect, test } from "vitest";
import { clickWhere, deliveryWhere, readListFilters, SPAN_NAMES } from "@/lib/deliveries/list/filters";
import { bucketStart, bucketsOf } from "@/lib/deliveries/list/history";
import { formatDeliveryCursor, mergeNewest, parseDeliveryCursor } from "@/lib/deliveries/list/rows";

const NOW = new Date("2026-11-03T13:07:11.223Z");
const read = (query: string) => readListFilters(new URLSearchParams(query));

test("a place survives the address, and what is no place is none", () => {
  const number = fc.option(fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }));
  fc.assert(
    fc.property(number, number, (seq, id) => {
      expect(parseDeliveryCursor(formatDeliveryCursor({ seq, id }))).toEqual({ seq, id });
    }),
  );
  for (const text of ["", "1", "1.2.3", "-1.2", "1.x", "1".repeat(19)]) expect(parseDeliveryCursor(text)).toBeNull();
});

test.each([
  ["outcome=bogus", "outcome"],
  ["span=1y", "span"],
  ["secret=x", "secret"],
  ["country=DE", "country"],
  ["linkId=a", "linkId"],
  ["reson=x", "reson"],
  ["__proto__=1", "__proto__"],
])("deliveries cannot be filtered by %j, so none are listed or replayed", (query, param) => {
  const filters = read(query);
  expect(filters.problems).toMatchObject([{ param }]);
  expect(deliveryWhere(filters, NOW)).toEqual({ id: { in: [] } });
  expect(clickWhere(filters, NOW)).toBeNull();
});

test("what goes along from other pages, or was appended, is no problem for deliveries", () => {
  const query =
    "interval=7d&timezone=Europe/Berlin&bots=exclude&compare=previous&mc_cid=1&_rsc=2&delivery=7&before=1.2";
  expect(read(`${query}&outcome=test&reason=a&type=b&link=c&id=d&secret=1&span=all`).problems).toEqual([]);
});

test("two lists become one, each in its own order, whatever the clocks say", () => {
  const list = fc.array(fc.integer({ min: 0, max: 20 }));
  fc.assert(
    fc.property(list, list, fc.nat({ max: 30 }), (some, others, limit) => {
      const rows = (times: number[], of: string) => times.map((time, n) => ({ receivedAt: new Date(time), of, n }));
      const merged = mergeNewest(rows(some, "a"), rows(others, "b"), limit);
      expect(merged).toHaveLength(Math.min(limit, some.length + others.length));
      for (const of of ["a", "b"]) {
        const own = merged.filter((row) => row.of === of);
        expect(own.map(({ n }) => n)).toEqual(own.map((_, index) => index));
      }
    }),
  );
});

test("the address names the deliveries; what it says wrongly is said", () => {
  const none = { outcome: null, reason: null, type: null, linkId: null, id: null, secretId: null };
  expect(read("")).toEqual({ ...none, span: "7d", problems: [] });
  expect(read("outcome=lost&secret=x&span=2d").problems).toEqual([
    { param: "outcome", value: "lost", message: expect.stringContaining("counted, duplicate") },
    { param: "span", value: "2d", message: "Use one of 24h, 7d, 30d, 90d, all." },
    { param: "secret", value: "x", message: "Use the number of a secret." },
  ]);
  expect(read("outcome=test&reason=a&type=b&link=c&id=d&secret=7&span=all")).toEqual({
    ...{ outcome: "test", reason: "a", type: "b", linkId: "c", id: "d", secretId: 7 },
    span: null,
    problems: [],
  });
  expect(read("reason=a%00b").reason).toBe("a\uFFFDb");
});

test("clicks are only asked for where one can match", () => {
  expect(clickWhere(read("span=all"), NOW)).toEqual({});
  expect(clickWhere(read("span=all&type=link.clicked&outcome=counted&link=a"), NOW)).toEqual({ linkId: "a" });
  for (const query of ["outcome=test", "reason=x", "type=link.created"])
    expect(clickWhere(read(query), NOW)).toBeNull();
  expect(deliveryWhere(read("span=24h&outcome=test"), NOW)).toEqual({
    outcome: "test",
    receivedAt: { gte: new Date("2026-11-02T13:07:11.223Z") },
  });
});

test("the buckets of a span hold all of it, and few are shown", () => {
  const first = fc.date({ min: new Date("2000-01-01"), max: NOW, noInvalidDate: true });
  fc.assert(
    fc.property(fc.constantFrom(null, ...SPAN_NAMES), first, (span, oldest) => {
      const buckets = bucketsOf(span, oldest, NOW);
      expect(bucketStart(buckets, buckets.count).getTime()).toBeGreaterThan(NOW.getTime());
      expect(bucketStart(buckets, buckets.count - 1).getTime()).toBeLessThanOrEqual(NOW.getTime());
      expect(buckets.count).toBeLessThanOrEqual(101);
      if (!span) expect(bucketStart(buckets, 0).getTime()).toBeLessThanOrEqual(oldest.getTime());
    }),
  );
});
