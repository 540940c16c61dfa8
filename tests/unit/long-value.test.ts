import { expect, test } from "vitest";
import { cutText, formatLongName, parseLongName } from "@/lib/base/long-value";
import { withValue } from "@/lib/question/codec/write";
import { matchOf } from "@/lib/question/plan";
import { inShort } from "@/lib/question/words";

test("a value of a list is itself until it is long, and then a name that a condition reads", () => {
  expect(inShort("a".repeat(500))).toBe("a".repeat(500));
  const name = inShort("\u{1F600}".repeat(300));
  expect(parseLongName(name)).toEqual({ length: 300, md5: expect.stringMatching(/^[0-9a-f]{32}$/) });
  expect(formatLongName(parseLongName(name) ?? { length: 0, md5: "" })).toBe(name);
  expect(withValue(new URLSearchParams(), "url", name).get("url")).toBe(name);
  expect(matchOf("url", "isNot", [name, "https://a.example/?b"])).toEqual({
    negated: true,
    anyOf: [
      { key: "url", named: parseLongName(name) },
      { key: "url", in: ["https://a.example/?b"] },
    ],
  });
});

test.each(["~12-abc", `~1-${"a".repeat(32)}`, `20034-${"a".repeat(32)}`, `~500-${"A".repeat(32)}`])(
  "%s is no name",
  (text) => {
    expect(parseLongName(text)).toBeNull();
  },
);

test("a text is cut between letters", () => {
  expect(cutText("a".repeat(300))).toBe("a".repeat(300));
  expect(cutText(`${"a".repeat(299)}\u{1F600}b`)).toBe(`${"a".repeat(299)}…`);
});
