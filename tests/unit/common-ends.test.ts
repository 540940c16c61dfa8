import fc from "fast-check";
import { expect, test } from "vitest";
import { commonEnds } from "@/components/ui/common-ends";

test("addresses are what they have in common around their own part", () => {
  expect(commonEnds(["/?country=DE&bots=only", "/?country=FR&bots=only", "/?country=US&bots=only"])).toEqual({
    start: "/?country=",
    end: "&bots=only",
    rest: ["DE", "FR", "US"],
  });
  expect(commonEnds(["/?a=11", "/?a=1"])).toEqual({ start: "/?a=1", end: "", rest: ["1", ""] });
  expect(commonEnds(["/"])).toEqual({ start: "/", end: "", rest: [""] });
  expect(commonEnds([])).toEqual({ start: "", end: "", rest: [] });
});

test("joined again they are what they were", () => {
  const address = fc.string({ unit: fc.constantFrom("a", "b", "&") });
  fc.assert(
    fc.property(fc.array(address), (texts) => {
      const { start, end, rest } = commonEnds(texts);
      expect(rest.map((own) => start + own + end)).toEqual(texts);
    }),
  );
});
