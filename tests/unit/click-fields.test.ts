import { expect, test } from "vitest";
import { DIMENSIONS } from "@/lib/click/dimensions";
import { CLICK_FIELDS, type ClickField } from "@/lib/click/fields";
import { SENT } from "@/lib/click/spell";
import { demoDeliveries } from "@/lib/deliveries/demo/deliveries";
import { CLICK_COLUMNS } from "@/scripts/bench/data";

const TEXT = { column: "language", type: "text", mirror: { type: "varchar" }, isListed: true } as const;
const WORDS = { key: "lang", groupBy: "languages", label: "Language", plural: "Languages", none: "Unknown" };
const PLACES = { card: "browsers", section: "device" } as const;

test("what a new dimension lacks is a type error", () => {
  const complete = { ...TEXT, sent: "language", spelling: "text", dimension: { ...WORDS, ...PLACES } } as const;
  complete satisfies ClickField;
  // @ts-expect-error it is on no card
  ({ ...complete, dimension: { ...WORDS, section: "device" } }) satisfies ClickField;
  // @ts-expect-error the panel of one click has no place for it
  ({ ...complete, dimension: { ...WORDS, card: "browsers" } }) satisfies ClickField;
  // @ts-expect-error the panel has no such section
  ({ ...complete, dimension: { ...WORDS, ...PLACES, section: "languages" } }) satisfies ClickField;
  // @ts-expect-error the mirror cannot answer by it
  ({ ...complete, mirror: null }) satisfies ClickField;
  // @ts-expect-error the list of clicks leaves it out
  ({ ...complete, isListed: false }) satisfies ClickField;
  // @ts-expect-error what is sent is not spelled
  ({ ...TEXT, sent: "language", dimension: { ...WORDS, ...PLACES } }) satisfies ClickField;
  // @ts-expect-error there is no such rule
  ({ ...complete, spelling: "language" }) satisfies ClickField;
});

test.each(["key", "groupBy", "label"] as const)("no two dimensions have the same %s", (name) => {
  const names = DIMENSIONS.map((entry) => entry[name]);
  expect(names).toEqual([...new Set(names)]);
});

test("the demo sends every word that is read", () => {
  const { bodies } = demoDeliveries({ seed: 1, days: 1, clicks: 10, end: Date.parse("2026-08-31T12:00:00Z") });
  const click = JSON.stringify(bodies.at(-1));
  expect(SENT.filter(({ sent }) => !click.includes(`"${sent}":`))).toEqual([]);
});

test("the bench fills every column, but for the secret that signed: its clicks were never delivered", () => {
  const columns = CLICK_FIELDS.flatMap(({ key, column }) => (key === "secretId" ? [] : [column]));
  expect(CLICK_COLUMNS.toSorted()).toEqual(columns.toSorted());
});
