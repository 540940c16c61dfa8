import { expect, test } from "vitest";
import { readDestination } from "@/lib/click/destination";

const urlOf = (raw: string) => readDestination(raw).url;

test.each([
  ["https://a.example/x?dub_id=1", "https://a.example/x"],
  ["https://a.example/x?b=2&dub_id=1&a=1", "https://a.example/x?b=2&a=1"],
  ["https://a.example/x?dub_id&a=%20+ü&&", "https://a.example/x?a=%20+ü"],
  ["https://a.example/x?my_dub_id=1&viaduct=2", "https://a.example/x?my_dub_id=1&viaduct=2"],
  ["https://a.example/x?DUB_ID=1&a=via=b", "https://a.example/x?DUB_ID=1&a=via=b"],
  ["https://a.example/x?", "https://a.example/x"],
  ["https://a.example/x#?dub_id=1", "https://a.example/x#?dub_id=1"],
  ["https://a.example/x?q=a?dub_id=1", "https://a.example/x?q=a?dub_id=1"],
  ["myapp://open?dub_id=1", "myapp://open"],
  ["not an address at all", "not an address at all"],
])("%s loses only what Dub added", (raw, url) => {
  expect(urlOf(raw)).toBe(url);
});

test.each([
  "fbclid=IwAR1",
  "gclid=a&gbraid=b",
  "FBCLID=1",
  "ttclid=x&amp;msclkid=y",
  "_hsenc=p2A&mc_eid=1",
  "%66bclid=1",
])("%s does not make a destination of its own", (parameters) => {
  expect(urlOf(`https://a.example/x?${parameters}`)).toBe("https://a.example/x");
  expect(urlOf(`https://a.example/x?q=1&${parameters}#top`)).toBe("https://a.example/x?q=1#top");
});

const LINK = { key: "Ann", url: "https://a.example/x" };

test.each([
  ["the link's key", "https://a.example/x?via=ann", LINK, "https://a.example/x"],
  ["what stands beside a click's id", "https://a.example/x?via=bob&dub_id=1", LINK, "https://a.example/x"],
  ["what the visitor brought along", "https://a.example/x?via=bob", LINK, "https://a.example/x?via=bob"],
  [
    "what the link's own destination has",
    "https://a.example/x?via=ann&dub_id=1",
    { ...LINK, url: "https://a.example/x?via=mail" },
    "https://a.example/x?via=ann",
  ],
  ["what an unknown link has", "https://a.example/x?via=ann", null, "https://a.example/x?via=ann"],
])("via is cut only where it is the sender's: %s", (_, raw, link, url) => {
  expect(readDestination(raw, link).url).toBe(url);
});

test.each([
  "https://shop.example",
  "https://shop.example/",
  "HTTPS://SHOP.example:443/",
  "https://shop.example./",
  "https://shop.example/a/..",
  "https://shop.example#top",
  "https://shop.example?a=1",
])("%s is the page https://shop.example/", (raw) => {
  expect(readDestination(raw).baseUrl).toBe("https://shop.example/");
});

test.each([
  ["https://shop.example/caf%c3%a9", "https://shop.example/café"],
  ["https://shop.example/café", "https://shop.example/café"],
  ["https://shop.example/cafe\u0301", "https://shop.example/café"],
  ["https://shop.example/%7eme/a%2fb%3a", "https://shop.example/~me/a%2Fb%3A"],
  ["https://shop.example/a b", "https://shop.example/a%20b"],
  ["https://shop.example/%e9", "https://shop.example/%E9"],
  ["https://xn--bcher-kva.example/x", "https://bücher.example/x"],
  // A Cyrillic letter among Latin ones.
  ["https://xn--pple-43d.com/", "https://xn--pple-43d.com/"],
  ["http://shop.example:8080/X", "http://shop.example:8080/X"],
  ["https://shop.example/x/", "https://shop.example/x/"],
  ["MyApp://Open/X", "myapp://Open/X"],
  ["mailto:A@b.example", "mailto:A@b.example"],
])("the page of %s is %s", (raw, page) => {
  expect(readDestination(raw).baseUrl).toBe(page);
});

test("the page is the address up to its query string and fragment", () => {
  expect(readDestination("https://a.example/x?y#z").baseUrl).toBe("https://a.example/x");
  expect(readDestination("https://a.example/x#z?y").baseUrl).toBe("https://a.example/x");
  expect(readDestination("?dub_id=1")).toMatchObject({ url: null, baseUrl: null });
});

test("UTM parameters are decoded, and the first of several counts", () => {
  const raw =
    "https://a.example/?utm_source=a%26b&utm_medium=e+mail&utm_campaign=gr%C3%BCn&utm_term=%ff%00&utm_content=x&utm_content=y#utm_source=no";
  expect(readDestination(raw)).toMatchObject({
    utmSource: "a&b",
    utmMedium: "e mail",
    utmCampaign: "grün",
    utmTerm: "ÿ\uFFFD",
    utmContent: "x",
  });
});

test.each([
  ["+news%20%20letter%0A", "news letter"],
  ["\u00a0newsletter\u200b", "newsletter"],
  ["Sa%CC%83o", "São"],
  ["caf%E9", "café"],
  ["caf%C3%A9%20cr%E8me", "café crème"],
  ["10%80", "10€"],
  ["caf%u00e9", "café"],
  ["50%", "50%"],
  ["+", null],
  ["%E2%80%8B", null],
  ["(none)", null],
  ["", null],
])("the UTM value %j is %j", (given, value) => {
  expect(readDestination(`https://a.example/?utm_source=${given}`).utmSource).toBe(value);
});

test("parameters that were copied out of HTML are read", () => {
  expect(readDestination("https://a.example/?utm_source=mail&amp;utm_medium=email&amp;amp;utm_term=x")).toMatchObject({
    url: "https://a.example/?utm_source=mail&utm_medium=email&utm_term=x",
    utmSource: "mail",
    utmMedium: "email",
    utmTerm: "x",
  });
});

test("a click without a destination has none", () => {
  expect(readDestination(null)).toEqual({
    url: null,
    baseUrl: null,
    utmSource: null,
    utmMedium: null,
    utmCampaign: null,
    utmTerm: null,
    utmContent: null,
  });
});
