import fc from "fast-check";
import { expect, test } from "vitest";
import { queryString } from "@/lib/question/codec/query-string";
import { filtersFromParams } from "@/lib/question/codec/read";
import {
  canonicalQuery,
  type Placed,
  placedConditions,
  withAlternative,
  withoutConditions,
  withoutPlaced,
  withReplaced,
} from "@/lib/question/codec/write";
import type { Condition } from "@/lib/question/question";

const NOW = new Date("2026-08-15T12:00:00Z");
const params = (query: string) => new URLSearchParams(query);
const is = (field: Condition["field"], ...values: string[]): Condition => ({ field, op: "is", values });
const alone = (condition: Condition): Placed => ({ group: null, condition });
const DE = alone(is("country", "DE"));

test("the conditions of an address are lists of alternatives in the order in which they first stand", () => {
  const query = "any.country=DE&interval=7d&os=iOS&any2.device=Mobile&any.os=Android&contry=x&qr=true&qr=false&city=";
  expect(placedConditions(params(query))).toEqual([
    [
      { group: "any", condition: is("country", "DE") },
      { group: "any", condition: is("os", "Android") },
    ],
    [alone(is("os", "iOS"))],
    [{ group: "any2", condition: is("device", "Mobile") }],
    [alone(is("trigger", "qr"))],
  ]);
});

test("a condition is replaced where it stands and in its group, and lists begin anew", () => {
  expect(withReplaced(params("country=DE&os=iOS&page=3"), DE, is("country", "FR", "DE")).toString()).toBe(
    "country=FR%2CDE&os=iOS",
  );
  const placed = { group: "any", condition: is("os", "iOS") };
  expect(
    queryString(withReplaced(params("any.country=DE&any.os=iOS"), placed, { ...is("os", "iOS"), op: "isNot" })),
  ).toBe("any.country=DE&any.os=-iOS");
});

test("an alternative makes a group of its own, and joins the one that stands", () => {
  const first = withAlternative(params("country=DE&any.os=iOS&any.os=Android"), DE, is("device", "Mobile"));
  expect(first.toString()).toBe("any2.country=DE&any2.device=Mobile&any.os=iOS&any.os=Android");
  const place = { group: "any2", condition: is("device", "Mobile") };
  const second = withAlternative(first, place, is("referer", "x.com"));
  expect(filtersFromParams(second, NOW)).toMatchObject({
    conditions: [],
    anyOf: [
      [is("country", "DE"), is("device", "Mobile"), is("referer", "x.com")],
      [is("os", "iOS"), is("os", "Android")],
    ],
    problems: [],
  });
});

test("what is left alone in its group stands for itself", () => {
  const query = params("any.country=DE&any.os=iOS&any2.os=-Android");
  expect(withoutPlaced(query, [{ group: "any", condition: is("country", "DE") }]).toString()).toBe(
    "os=iOS&os=-Android",
  );
});

test("of two equal conditions one is taken away", () => {
  expect(withoutPlaced(params("country=DE&country=DE"), [DE]).toString()).toBe("country=DE");
  expect(withoutPlaced(params("os=iOS"), [DE]).toString()).toBe("os=iOS");
});

test("without conditions the dates, the zone and what is not understood stay", () => {
  const query =
    "interval=7d&timezone=UTC&any.os=iOS&country=DE&title.contains=a&tagIds=t&contry=1&places=cities&page=2";
  expect(withoutConditions(params(query)).toString()).toBe("interval=7d&timezone=UTC&contry=1&places=cities");
});

test("editing loses no condition, whatever its values are", () => {
  const condition = fc.record({
    field: fc.constantFrom("country" as const, "referer" as const, "title" as const),
    op: fc.constantFrom("is" as const, "isNot" as const, "contains" as const, "notContains" as const),
    values: fc.array(fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom("a,b", "-a", "\\", "(none)")), {
      minLength: 1,
    }),
  });
  fc.assert(
    fc.property(condition, condition, (one, other) => {
      const clean = (given: Condition) => ({
        ...given,
        values: given.values.map((v) => v?.replaceAll("\0", "\uFFFD") ?? v),
      });
      const [first, second] = [clean(one), clean(other)];
      const start = withReplaced(params("country=DE&os=iOS"), DE, first);
      const both = withAlternative(start, alone(first), second);
      expect(filtersFromParams(both, NOW)).toMatchObject({ anyOf: [[first, second]], conditions: [is("os", "iOS")] });
      expect(withoutConditions(both).toString()).toBe("");
    }),
  );
});

test("a view is recognised whatever the order of its parameters and wherever its lists were left", () => {
  expect(canonicalQuery(params("os=iOS&country=DE&page=2&show=places&view=plain&city=&gclid=1"))).toBe(
    "country=DE&os=iOS",
  );
  expect(canonicalQuery(params("country=-US&country=DE"))).toBe("country=-US&country=DE");
});
