import fc from "fast-check";
import { expect, test } from "vitest";
import { formatValues, parseValues } from "@/lib/question/codec/conditions";

const NONE = "(none)";

test.each([
  ["US", "is", ["US"]],
  ["US,BR", "is", ["US", "BR"]],
  ["-US", "isNot", ["US"]],
  ["-IN,VN", "isNot", ["IN", "VN"]],
  [",US,,BR,", "is", ["US", "BR"]],
  ["-,US", "isNot", ["US"]],
  ["", "is", []],
  ["-", "isNot", []],
  ["(none)", "is", [null]],
  ["-(none),US", "isNot", [null, "US"]],
  ["Unknown,(direct)", "is", ["Unknown", "(direct)"]],
  ["US,-BR", "is", ["US", "-BR"]],
  ["Washington\\, D.C.", "is", ["Washington, D.C."]],
  ["C:\\\\temp", "is", ["C:\\temp"]],
  ["\\-50%", "is", ["-50%"]],
  ["-\\-50%", "isNot", ["-50%"]],
  ["--50%", "isNot", ["-50%"]],
  ["\\(none)", "is", ["(none)"]],
  ["end\\", "is", ["end\\"]],
  ["a b, c", "is", ["a b", " c"]],
])("%j reads as %s %j", (text, op, values) => {
  expect(parseValues(text, NONE)).toEqual({ op, values });
});

test("every list of values can be said", () => {
  const value = fc.oneof(
    fc.constant(null),
    fc.constantFrom(NONE, "-", ",", "\\", "\\-a", "-a,b", "\\,", "😀"),
    fc.string({ minLength: 1, unit: "grapheme" }),
  );
  fc.assert(
    fc.property(fc.constantFrom("is" as const, "isNot" as const), fc.array(value, { minLength: 1 }), (op, values) => {
      expect(parseValues(formatValues(op, values, NONE), NONE)).toEqual({ op, values });
    }),
  );
});
