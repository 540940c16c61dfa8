import { expect, test } from "vitest";
import {
  conditionOf,
  draftOf,
  formatCondition,
  OPERATORS,
  operatorsOf,
  readCondition,
  withOperator,
} from "@/lib/question/codec/conditions";
import { FIELD_GROUPS } from "@/lib/question/fields";
import type { FieldName } from "@/lib/question/question";

const FIELDS = FIELD_GROUPS.flatMap(({ fields }) => fields);
const VALUES: Partial<Record<FieldName, string>> = {
  bot: "bot",
  hour: "9",
  weekday: "mon",
  archived: "true",
  root: "true",
};

test("whatever the menu offers is understood by the address", () => {
  for (const field of FIELDS) {
    for (const operator of operatorsOf(field)) {
      const condition = conditionOf({ field, operator, values: [VALUES[field] ?? "x"] });
      if (!condition) throw new Error(`${field} ${operator} makes no condition`);
      expect(readCondition(...formatCondition(condition, null)), `${field} ${operator}`).toEqual({
        group: null,
        condition,
      });
    }
  }
});

test("every field is in the menu once", () => {
  expect(new Set(FIELDS).size).toBe(FIELDS.length);
  expect(FIELDS).toEqual(
    expect.arrayContaining(["linkId", "title", "key", "archived", "root", "hour", "weekday", "bot"]),
  );
  expect(operatorsOf("referer")).toEqual(OPERATORS);
  expect(operatorsOf("hour")).toEqual(["is", "isNot"]);
  expect(operatorsOf("tagId")).not.toContain("contains");
});

test("a condition is edited as what it is", () => {
  const condition = { field: "referer", op: "isNot", values: ["a", null] } as const;
  const draft = draftOf({ ...condition, values: [...condition.values] });
  expect(draft).toEqual({ field: "referer", operator: "isNot", values: ["a", null] });
  expect(conditionOf(draft)).toEqual(condition);
  // A row of the card says (direct), and so does the row of the menu.
  expect(draftOf({ field: "referer", op: "is", values: [null] }).operator).toBe("is");
  expect(draftOf({ field: "title", op: "isNot", values: [null] })).toEqual({
    field: "title",
    operator: "notEmpty",
    values: [],
  });
});

test("nothing named is no condition, and named twice is named once", () => {
  expect(conditionOf({ field: "city", operator: "is", values: [] })).toBeNull();
  expect(conditionOf({ field: "city", operator: "contains", values: [""] })).toBeNull();
  expect(conditionOf({ field: "city", operator: "contains", values: ["a", "a"] })?.values).toEqual(["a"]);
  expect(conditionOf({ field: "city", operator: "empty", values: [] })?.values).toEqual([null]);
});

test("another operator keeps values that are of its kind", () => {
  const draft = { field: "city", operator: "is", values: ["Rome", null] } as const;
  const start = { ...draft, values: [...draft.values] };
  expect(withOperator(start, "isNot").values).toEqual(["Rome", null]);
  expect(withOperator(start, "contains").values).toEqual([]);
  expect(withOperator(start, "empty").values).toEqual([]);
});
