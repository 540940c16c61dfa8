import { expect, test } from "vitest";
import { readDestination } from "@/lib/destination";

const urlOf = (raw: string) => readDestination(raw).url;

test.each([
  ["https://a.example/x?dub_id=1", "https://a.example/x"],
  ["https://a.example/x?via=ann&dub_id=1#top", "https://a.example/x#top"],
  ["https://a.example/x?b=2&dub_id=1&a=1", "https://a.example/x?b=2&a=1"],
  ["https://a.example/x?dub_id&a=%20+ü&&", "https://a.example/x?a=%20+ü&&"],
  ["https://a.example/x?my_dub_id=1&viaduct=2", "https://a.example/x?my_dub_id=1&viaduct=2"],
  ["https://a.example/x?DUB_ID=1&a=via=b", "https://a.example/x?DUB_ID=1&a=via=b"],
  ["https://a.example/x?", "https://a.example/x?"],
  ["https://a.example/x#?dub_id=1", "https://a.example/x#?dub_id=1"],
  ["https://a.example/x?q=a?dub_id=1", "https://a.example/x?q=a?dub_id=1"],
  ["myapp://open?dub_id=1", "myapp://open"],
  ["not an address at all", "not an address at all"],
])("%s loses only what Dub added", (raw, url) => {
  expect(urlOf(raw)).toBe(url);
});

test("the page is the address up to its query string and fragment", () => {
  expect(readDestination("https://a.example/x?y#z").baseUrl).toBe("https://a.example/x");
  expect(readDestination("https://a.example/x#z?y").baseUrl).toBe("https://a.example/x");
  expect(readDestination("?dub_id=1")).toMatchObject({ url: null, baseUrl: null });
});

test("UTM parameters are decoded, and the first of several counts", () => {
  const raw =
    "https://a.example/?utm_source=a%26b&utm_medium=e+mail&utm_campaign=gr%C3%BCn&utm_term=%ff%00&utm_content=x&utm_content=y#utm_source=no";
  expect(readDestination(raw)).toEqual({
    url: raw,
    baseUrl: "https://a.example/",
    utmSource: "a&b",
    utmMedium: "e mail",
    utmCampaign: "grün",
    utmTerm: "\uFFFD\uFFFD",
    utmContent: "x",
  });
});

test("an empty UTM parameter and “(none)” are no value", () => {
  expect(readDestination("https://a.example/?utm_source=&utm_medium=(none)&utm_campaign")).toMatchObject({
    utmSource: null,
    utmMedium: null,
    utmCampaign: null,
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
