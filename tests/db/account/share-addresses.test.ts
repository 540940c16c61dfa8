import fc from "fast-check";
import { expect, test } from "vitest";
import { readShared } from "@/lib/account/shares/store";
import { DIMENSIONS } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import { within } from "@/lib/question/answer/lock";
import { question, type Scope } from "@/lib/question/question";
import { made, NOW } from "./share-world";

const LOCKED =
  "interval=30d&compare=previous&bots=exclude&timezone=America/New_York&country=US&any.device=Mobile&any.browser=Chrome";

/** Parts of addresses: names and values that mean something, that nearly do, and that don't. */
const NAMES = [
  ...DIMENSIONS.flatMap(({ key }) => [
    key,
    `${key}.not`,
    `${key}.contains`,
    `any.${key}`,
    `any2.${key}.not`,
    key.toUpperCase(),
  ]),
  ...[
    "interval",
    "start",
    "end",
    "timezone",
    "weekStart",
    "granularity",
    "bots",
    "event",
    "compare",
    "compareStart",
    "upTo",
  ],
  ...[
    "linkId",
    "domain",
    "tagIds",
    "folderId",
    "root",
    "title",
    "externalId",
    "tenantId",
    "query",
    "show",
    "find",
    "by",
    "page",
  ],
  ...[
    "links",
    "places",
    "week",
    "scope",
    "lock",
    "token",
    "__proto__",
    "constructor",
    "range",
    "least",
    "mayFilter",
    "now",
  ],
];
const VALUES = [
  ...[
    "US",
    "DE",
    "a",
    "b",
    "c",
    "t",
    "f",
    "all",
    "24h",
    "include",
    "only",
    "UTC",
    "Asia/Tokyo",
    "1970-01-01",
    "2999-01-01",
  ],
  ...[
    "",
    "null",
    "(none)",
    "%",
    "'; drop table click; --",
    "\u0000",
    "*",
    "-US",
    "US,DE",
    "true",
    "false",
    "9".repeat(30),
    "é",
    "month",
  ],
];
const address = fc.array(
  fc.tuple(
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: fc.string() }),
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...VALUES) }, { weight: 1, arbitrary: fc.string() }),
  ),
  { maxLength: 6 },
);

test("no address of a share link widens what it shows", async () => {
  const link = await made({ query: `${LOCKED}&linkId=a,c` });
  const { asked, scope } = readShared(link, new URLSearchParams(), NOW);
  const seen = await answer(
    question(scope, { kind: "totals" }, asked.conditions.length > 0 ? { ...asked, conditions: [], anyOf: [] } : asked),
  );
  expect(seen.clicks).toBeGreaterThan(5);
  let count = 0;
  await fc.assert(
    fc.asyncProperty(address, async (entries) => {
      const read = readShared(link, new URLSearchParams(entries), NOW);
      const posed = within(
        question(read.scope, { kind: "totals" }, read.filters),
        read.scope.lock as NonNullable<Scope["lock"]>,
      );
      expect(read.scope).toEqual(scope);
      const { range, zone, bots, now, upTo } = asked;
      expect(posed).toMatchObject({ range, zone, bots, now, upTo: upTo ?? null });
      expect([null, asked.comparison]).toContainEqual(posed.comparison);
      expect(posed.conditions.slice(0, asked.conditions.length)).toEqual(asked.conditions);
      expect(posed.anyOf.slice(0, asked.anyOf.length)).toEqual(asked.anyOf);
      // What the database says to some of them.
      if (count++ % 100 > 0) return;
      const { clicks } = await answer(question(read.scope, { kind: "totals" }, read.filters));
      expect(clicks).toBeLessThanOrEqual(seen.clicks);
      const { rows } = await answer(
        question(read.scope, { kind: "breakdown", key: "linkId", facet: true }, read.filters),
      );
      expect(rows.every(({ value }) => value === "a" || value === "c")).toBe(true);
    }),
    { numRuns: 20_000 },
  );
});
