import { expect, test } from "vitest";
import { WITHOUT_FRAMEWORK, withoutFramework } from "@/lib/base/http/plain-pages";

const OWN = `<script ${WITHOUT_FRAMEWORK}="" nonce="n">(function(){document.title="a<b"})()</script>`;
const FRAMEWORK = [
  `<link rel="preload" as="script" fetchPriority="low" nonce="n" href="/_next/static/chunks/a.js"/>`,
  `<script src="/_next/static/chunks/a.js" async="" nonce="n"></script>`,
  `<script nonce="n">self.__next_f.push([1,"<div>\\u003c/script>"])</script>`,
];
const STYLE = `<link rel="stylesheet" href="/_next/static/chunks/a.css" data-precedence="next"/>`;

test("a page with a script of its own keeps that alone", () => {
  const page = `<head>${STYLE}${FRAMEWORK[0]}${FRAMEWORK[1]}</head><body><form></form>${OWN}${FRAMEWORK[2]}</body>`;
  expect(withoutFramework(page)).toBe(`<head>${STYLE}</head><body><form></form>${OWN}</body>`);
});

test("another page stays as it is", () => {
  const page = `<head>${FRAMEWORK.join("")}</head>`;
  expect(withoutFramework(page)).toBe(page);
});
