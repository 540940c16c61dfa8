import { expect, test } from "vitest";
import { NewView, ViewChange } from "@/lib/account/views/input";
import { isOpening, openingHref, tidyName, viewHref, viewQuery } from "@/lib/account/views/view";

const params = (query: string) => new URLSearchParams(query);
const message = (input: unknown) => NewView.safeParse(input).error?.issues[0]?.message;
const VIEW = { name: "Germany", path: "/", query: "country=DE" };

test("a name stands on one line and reads in one direction", () => {
  expect(tidyName("  a\n\tb\0c\u2028d  ")).toBe("a b c d");
  expect(tidyName("\u202Eevil\u202C\u2066x\u2069")).toBe("evilx");
  expect(tidyName("👨‍👩‍👧 Ümläut <b>")).toBe("👨‍👩‍👧 Ümläut <b>");
  expect(tidyName("\uD800")).toBe("\uFFFD");
  expect(tidyName("\u202E \n")).toBe("");
});

test("a view is kept in canonical order, with its zone", () => {
  expect(viewQuery(params("os=iOS&country=DE&page=2"), "Asia/Tokyo")).toBe("country=DE&os=iOS&timezone=Asia/Tokyo");
  expect(NewView.parse({ ...VIEW, query: "os=iOS&country=DE&page=2" })).toEqual({
    ...VIEW,
    query: "country=DE&os=iOS",
    shared: false,
  });
});

test.each([
  ["no name", { ...VIEW, name: " \u202E " }, "Enter a name for the view."],
  ["a name that is no text", { ...VIEW, name: ["a"] }, "Use text."],
  ["a name of 81 characters", { ...VIEW, name: "x".repeat(81) }, "Use at most 80 characters."],
  ["another site", { ...VIEW, path: "//evil.example" }, "Use the path of a page, such as /links."],
  ["another site by a backslash", { ...VIEW, path: "/\\evil.example" }, "Use the path of a page, such as /links."],
  ["a script", { ...VIEW, path: "javascript:alert(1)" }, "Use the path of a page, such as /links."],
  ["an address of the API", { ...VIEW, path: "/api/export/all.zip" }, "Use the path of a page, such as /links."],
  ["a path with a query", { ...VIEW, path: "/links?q=1" }, "Use the path of a page, such as /links."],
  ["a path with a way up", { ...VIEW, path: "/links/../api" }, "Use the path of a page, such as /links."],
  ["an endless query", { ...VIEW, query: `city=${"x".repeat(8_001)}` }, "Use at most 8000 characters."],
  ["a flag in words", { ...VIEW, shared: "yes" }, "Use true or false."],
])("%s is refused", (_, input, expected) => {
  expect(message(input)).toBe(expected);
});

test("nobody else's fields can be set", () => {
  expect(NewView.safeParse({ ...VIEW, ownerId: "somebody" }).success).toBe(false);
  expect(ViewChange.safeParse({ ownerId: "somebody" }).success).toBe(false);
  expect(ViewChange.parse({ pinned: true })).toEqual({ pinned: true });
});

test("a view's address is its page with its query", () => {
  expect(viewHref({ path: "/links", query: "" })).toBe("/links");
  expect(viewHref(VIEW)).toBe("/?country=DE&weekStart=monday");
  expect(viewHref({ path: "/", query: "weekStart=sunday" })).toBe("/?weekStart=sunday");
});

test("the overview opens with the pinned view only when it was opened by its name alone, and never in a circle", () => {
  expect(isOpening(params(""), "include")).toBe(true);
  expect(isOpening(params("timezone=Europe/Berlin"), "include")).toBe(true);
  expect(isOpening(params("view=plain"), "include")).toBe(false);
  expect(isOpening(params("bots=exclude"), "exclude")).toBe(true);
  expect(isOpening(params("bots=only"), "exclude")).toBe(false);
  expect(isOpening(params("interval=7d"), "include")).toBe(false);
  expect(openingHref({ path: "/", query: "timezone=UTC" }, "include")).toBeNull();
  expect(openingHref({ path: "/", query: "" }, "include")).toBeNull();
  expect(openingHref({ path: "/links", query: "" }, "include")).toBe("/links");
  expect(openingHref(VIEW, "include")).toBe("/?country=DE&weekStart=monday");
});
