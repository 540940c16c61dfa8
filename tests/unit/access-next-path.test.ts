import { describe, expect, test } from "vitest";
import { loginPath, safeNext } from "@/lib/account/next-path";

test.each([
  "/",
  "/links",
  "/links/link_1?interval=7d&timezone=Europe%2FBerlin",
  "/?referer_url=https%3A%2F%2Fexample.com%2Fa&country=-US",
  "/?q=a//b",
  "/deliveries#newest",
])("after sign-in %s is followed", (next) => {
  expect(safeNext(next)).toBe(next);
});

test("dot segments are resolved before a path is followed", () => {
  expect(safeNext("/a/../links?x=1")).toBe("/links?x=1");
});

describe("only a path of this site is followed", () => {
  test.each([
    null,
    undefined,
    "",
    "links",
    "//evil.com",
    "///evil.com",
    "/\\evil.com",
    "\\\\evil.com",
    "/\t/evil.com",
    "/\n/evil.com",
    "/\r\nSet-Cookie: a=b",
    "\t//evil.com",
    " //evil.com",
    "/\u0000/evil.com",
    "/\u0085/evil.com",
    "/..//evil.com",
    "/.//evil.com",
    "/a/..//evil.com",
    "/%2F/evil.com",
    "/%2fevil.com",
    "/%5Cevil.com",
    "/%5c%5cevil.com",
    "/%09/evil.com",
    "/%0d%0aSet-Cookie:a=b",
    "/%252F%252Fevil.com",
    "/%255Cevil.com",
    "/%2509/evil.com",
    "/%",
    "https:evil.com",
    "https://evil.com",
    "http:/evil.com",
    "HTTPS://evil.com",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "@evil.com",
    ".evil.com",
    "?next=//evil.com",
  ])("%j leads to the overview", (next) => {
    expect(safeNext(next)).toBe("/");
  });
});

test.each(["/login", "/login?next=/login", "/LOGIN", "/%6Cogin", "/login/", "/setup?token=x", "/api/export/all.zip"])(
  "%s is not a page to come back to",
  (next) => {
    expect(safeNext(next)).toBe("/");
  },
);

test("the sign-in page is told where to go afterwards, unless it is the overview", () => {
  expect(loginPath("/")).toBe("/login");
  expect(loginPath(null)).toBe("/login");
  expect(loginPath("//evil.com")).toBe("/login");
  expect(loginPath("/links?country=DE&device=Mobile")).toBe("/login?next=%2Flinks%3Fcountry%3DDE%26device%3DMobile");
});
