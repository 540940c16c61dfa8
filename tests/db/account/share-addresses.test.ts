import fc from "fast-check";
import { expect, test } from "vitest";
import { readShared } from "@/lib/account/shares/store";
import { answer } from "@/lib/question/answer";
import { within } from "@/lib/question/answer/lock";
import { question, type Scope } from "@/lib/question/question";
import { addresses } from "../../addresses";
import { made, NOW } from "./share-world";

const LOCKED =
  "interval=30d&compare=previous&bots=exclude&timezone=America/New_York&country=US&any.device=Mobile&any.browser=Chrome";

test("no address of a share link widens what it shows", async () => {
  const link = await made({ query: `${LOCKED}&linkId=a,c` });
  const { asked, scope } = readShared(link, new URLSearchParams(), NOW);
  const seen = await answer(
    question(scope, { kind: "totals" }, asked.conditions.length > 0 ? { ...asked, conditions: [], anyOf: [] } : asked),
  );
  expect(seen.clicks).toBeGreaterThan(5);
  let count = 0;
  await fc.assert(
    fc.asyncProperty(addresses, async (entries) => {
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
