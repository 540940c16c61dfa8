import { expect, test } from "vitest";
import { queryString } from "@/lib/question/codec/query-string";
import { filtersFromParams } from "@/lib/question/codec/read";
import {
  withCity,
  withCondition,
  withoutParam,
  withoutPlaced,
  withoutProblem,
  withParam,
  withValue,
} from "@/lib/question/codec/write";

const NOW = new Date("2026-08-15T12:00:00Z");

test("a row's filter replaces the condition of its dimension, keeps the others and goes to the first page", () => {
  const params = new URLSearchParams("country=US,CA&device=Mobile&places=cities&page=3");
  expect(withValue(params, "country", "DE").toString()).toBe("country=DE&device=Mobile&places=cities");
  expect(withValue(params, "country", null).toString()).toBe("country=Unknown&device=Mobile&places=cities");
  expect(params.toString()).toBe("country=US%2CCA&device=Mobile&places=cities&page=3");
  expect(withValue(new URLSearchParams("click=7"), "country", "DE").toString()).toBe("country=DE");
});

test("a row's filter means its value to the letter", () => {
  for (const value of ["a,b", "-a", "\\", "Unknown", "\\-a,"]) {
    const params = withValue(new URLSearchParams(), "city", value);
    expect(filtersFromParams(params, NOW).conditions).toEqual([{ field: "city", op: "is", values: [value] }]);
  }
});

test("the trigger's and the tag's older names go with them", () => {
  expect(withValue(new URLSearchParams("qr=true"), "trigger", "link").toString()).toBe("trigger=link");
  expect(withoutParam(new URLSearchParams("qr=true"), "trigger").toString()).toBe("");
  expect(withoutParam(new URLSearchParams("tagIds=a"), "tagId").toString()).toBe("");
});

test("a city's filter is its endpoint too", () => {
  const endpoint = { country: "US", region: null, city: "Springfield" };
  expect(withCity(new URLSearchParams("os=iOS"), endpoint).toString()).toBe(
    "os=iOS&country=US&region=Unknown&city=Springfield",
  );
});

test("an interval replaces dates, and the page itself can be set", () => {
  const params = new URLSearchParams("start=2026-08-01&end=2026-08-02&page=4");
  expect(withParam(params, "interval", "7d").toString()).toBe("interval=7d");
  expect(withParam(params, "page", "5").toString()).toBe("start=2026-08-01&end=2026-08-02&page=5");
});

test("a condition can be added and taken away, and reads as it was", () => {
  const values = ["a,b", "-a", "\\", "(none)", "\u202Ex", "é", "50%_"];
  for (const field of ["referer", "utm_source", "title", "domain"] as const) {
    for (const op of ["is", "isNot", "contains", "notContains"] as const) {
      for (const group of [null, "any", "any2"]) {
        const condition = { field, op, values };
        const params = withCondition(new URLSearchParams("os=iOS&page=2"), condition, group);
        const read = filtersFromParams(new URLSearchParams(queryString(params)), NOW);
        expect(read.problems).toEqual([]);
        expect(group === null ? read.conditions[1] : read.anyOf[0]?.[0]).toEqual(condition);
        expect(withoutPlaced(params, [{ group, condition }]).toString()).toBe("os=iOS");
      }
    }
  }
});

test("what is taken away is taken from its own group, and what was not understood goes alone", () => {
  const params = new URLSearchParams("any.country=DE&any.os=iOS&any2.country=DE&any2.browser=Chrome&country=DE");
  const condition = { field: "country" as const, op: "is" as const, values: ["DE"] };
  const rest = (group: string | null) => withoutPlaced(params, [{ group, condition }]).toString();
  expect(rest("any2")).toBe("any.country=DE&any.os=iOS&browser=Chrome&country=DE");
  expect(rest("any")).toBe("os=iOS&any2.country=DE&any2.browser=Chrome&country=DE");
  expect(rest(null)).toBe("any.country=DE&any.os=iOS&any2.country=DE&any2.browser=Chrome");
  const broken = new URLSearchParams("country=DE&country=-");
  const [problem] = filtersFromParams(broken, NOW).problems;
  expect(problem && withoutProblem(broken, problem).toString()).toBe("country=DE");
});

test("no value can be said of every field that may have none", () => {
  for (const field of ["referer", "country", "title", "domain", "tagId"] as const) {
    for (const op of ["is", "isNot"] as const) {
      const condition = { field, op, values: [null] };
      const params = withCondition(new URLSearchParams(), condition, null);
      expect(filtersFromParams(params, NOW)).toMatchObject({ conditions: [condition], problems: [] });
    }
  }
});

test("an address stays readable and loses nothing at its end", () => {
  const params = new URLSearchParams([
    ["url", "https://example.com/a,b?x=1"],
    ["city", "St. John's!"],
  ]);
  expect(queryString(params)).toBe("url=https://example.com/a,b%3Fx%3D1&city=St.+John%27s%21");
  for (const last of [".", ",", ":", "-", "_", "*", "~", "!", "'", ")"]) {
    const text = queryString(new URLSearchParams({ city: `a${last}` }));
    expect(text).toMatch(/[\w]$/);
    expect(text).not.toMatch(/_$/);
    expect(new URLSearchParams(text).get("city")).toBe(`a${last}`);
  }
});
