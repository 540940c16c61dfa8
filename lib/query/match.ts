import { withoutOwnParameters, withoutQuery } from "@/lib/destination";
import type { ClickDimensionKey } from "@/lib/dimensions";
import { type LongName, parseLongName } from "@/lib/long-value";
import type { Condition } from "@/lib/query/filters";

/** One thing that may be true of a click. */
export type Test =
  | { key: ClickDimensionKey; in: string[] }
  | { key: ClickDimensionKey; endsWith: string }
  | { key: ClickDimensionKey; contains: string }
  | { key: ClickDimensionKey; named: LongName }
  | { key: ClickDimensionKey; absent: true };

/** A condition in terms of what is stored: any of the tests, or none of them. */
export type Match = { negated: boolean; anyOf: Test[] };

/** Whether an operator wants the clicks of which the rest is not true. */
export const isNegated = (op: Condition["op"]): boolean => op === "isNot" || op === "notContains";

const firstUpper = (value: string) => value.charAt(0).toUpperCase() + value.slice(1);

/** Spellings that Dub's documentation uses (`desktop`, `us`) beside the stored ones (`Desktop`, `iOS`, `US`). */
const SPELLINGS: Partial<Record<ClickDimensionKey, (value: string) => string>> = {
  device: firstUpper,
  browser: firstUpper,
  os: firstUpper,
  continent: (value) => value.toUpperCase(),
  country: (value) => value.toUpperCase(),
  region: (value) => value.toUpperCase(),
};

/** What a condition on clicks means for the stored values. */
export function matchOf(key: ClickDimensionKey, op: Condition["op"], values: Condition["values"]): Match {
  const given = values.filter((value) => value !== null);
  const isText = op === "contains" || op === "notContains";
  const anyOf = isText
    ? given.map((contains) => ({ key, contains }))
    : [...namedTests(key, given), ...testsOf(key, unnamed(given))];
  return { negated: isNegated(op), anyOf: values.includes(null) ? [...anyOf, { key, absent: true }] : anyOf };
}

const unnamed = (values: string[]): string[] => values.filter((value) => parseLongName(value) === null);

/** Lists name long values instead of repeating them. */
function namedTests(key: ClickDimensionKey, values: string[]): Test[] {
  return values.flatMap((value) => {
    const named = parseLongName(value);
    return named ? [{ key, named }] : [];
  });
}

function testsOf(key: ClickDimensionKey, values: string[]): Test[] {
  if (key === "url") return urlTests(values);
  if (key === "region") return regionTests(values);
  return inTest(
    key,
    values.flatMap((value) => spellings(key, stored(key, value))),
  );
}

function inTest(key: ClickDimensionKey, values: string[]): Test[] {
  return values.length > 0 ? [{ key, in: [...new Set(values)] }] : [];
}

function spellings(key: ClickDimensionKey, value: string): string[] {
  return [value, SPELLINGS[key]?.(value) ?? value];
}

/**
 * Regions are stored with their country. A bare code is any country's; one after a hyphen is that of an unknown country,
 * to the letter.
 */
function regionTests(values: string[]): Test[] {
  const named = values.filter((value) => !value.startsWith("-")).flatMap((value) => spellings("region", value));
  const countryless = values.filter((value) => value.startsWith("-")).map((value) => value.slice(1));
  const bare = new Set(named.filter((value) => !value.includes("-")));
  return [
    ...inTest("region", [...named, ...countryless]),
    ...[...bare].map((value) => ({ key: "region" as const, endsWith: `-${value}` })),
  ];
}

function stored(key: ClickDimensionKey, value: string): string {
  return key === "refererUrl" ? (withoutQuery(value) ?? "") : value;
}

/** Without a query a destination is meant with any; a `?` at the end asks for the one that has none. */
function urlTests(values: string[]): Test[] {
  const [exact, any] = [values.filter((url) => url.includes("?")), values.filter((url) => !url.includes("?"))];
  return [
    ...inTest(
      "url",
      exact.map((url) => withoutOwnParameters(url.endsWith("?") ? url.slice(0, -1) : url)),
    ),
    ...inTest(
      "baseUrl",
      any.map((url) => withoutQuery(url) ?? ""),
    ),
  ];
}
