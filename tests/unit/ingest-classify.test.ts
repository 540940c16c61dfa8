import { expect, test } from "vitest";
import { classify } from "@/lib/click/visitor";

const KEY = { key: "a key", salt: null };
const CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/127.0.0.0 Safari/537.36";
const CLICK = { saysBot: false, ip: "198.51.100.7", ua: CHROME, country: "US", region: "US-CA", city: "Fresno" };

test("a visitor is a keyed hash of ip and user agent, wherever they are", () => {
  expect(classify(CLICK, KEY)).toEqual({ bot: false, visitor: "Yz5fqnEj1nbYP76Jn1wryA", visitorEstimated: false });
  expect(classify({ ...CLICK, city: "Oakland" }, KEY)).toEqual(classify(CLICK, KEY));
  const others = [
    classify(CLICK, { ...KEY, key: "b" }),
    classify({ ...CLICK, ip: "198.51.100.8" }, KEY),
    classify({ ...CLICK, ua: null }, KEY),
  ];
  expect(new Set([classify(CLICK, KEY), ...others].map(({ visitor }) => visitor)).size).toBe(4);
});

test("without an ip, a visitor is told apart by user agent and place, and marked as an estimate", () => {
  const withheld = { ...CLICK, ip: null };
  expect(classify(withheld, KEY)).toEqual({ bot: false, visitor: "_sPLxnUZkjPkx06SDCNbTg", visitorEstimated: true });
  expect(classify({ ...withheld, city: "Oakland" }, KEY).visitor).not.toBe(classify(withheld, KEY).visitor);
});

test("with neither ip nor user agent, there is no visitor to tell", () => {
  expect(classify({ ...CLICK, ip: null, ua: null }, KEY)).toEqual({
    bot: false,
    visitor: null,
    visitorEstimated: false,
  });
});

test.each([
  ["the payload says so", { ...CLICK, saysBot: true }, true],
  ["the user agent is known", { ...CLICK, ua: "Mozilla/5.0 (compatible; Googlebot/2.1)" }, true],
  ["the user agent is a browser", CLICK, false],
  ["there is no user agent", { ...CLICK, ua: null }, false],
])("when %s, whether it is a bot is decided", (_, click, bot) => {
  expect(classify(click, KEY).bot).toBe(bot);
});
