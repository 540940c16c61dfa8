import { expect, test } from "vitest";
import { bytes, CLICK, clickPayload, LINK, linkPayload } from "@/tests/factory";
import old from "@/tests/fixtures/dub-2024.json";
import sample from "@/tests/fixtures/dub-test-event.json";
import { NOW, read, readClick, reasonOf } from "./reading";

const clickOf = (click: Record<string, unknown>) => readClick({ click }).click;
const linkOf = (link: Record<string, unknown>) => readClick({ link }).link;

test("today's payload is read whole", () => {
  const payload = clickPayload();
  const { password, ...kept } = LINK;
  expect(password).toBeNull();
  expect(read(payload)).toEqual({
    kind: "click",
    receipt: {
      receivedAt: NOW,
      secretId: null,
      eventId: "evt_b9ywgxWqai2glUpCQjclB17kM",
      event: "link.clicked",
      linkId: LINK.id,
      clickId: CLICK.id,
      clickedAt: new Date("2026-08-15T10:16:12.124Z"),
      ip: "198.51.100.7",
      ua: CLICK.ua,
      body: bytes(payload),
    },
    click: {
      linkId: LINK.id,
      clickId: CLICK.id,
      clickedAt: new Date("2026-08-15T10:16:12.124Z"),
      slot: 1985321,
      continent: "NA",
      country: "US",
      region: "US-CA",
      city: "San Francisco",
      device: "Desktop",
      browser: "Chrome",
      os: "Mac OS",
      trigger: "link",
      referer: "news.example",
      refererUrl: "https://news.example/today",
      refererUrlRaw: "https://news.example/today?page=2",
      url: "https://shop.example/spring?utm_source=flyer",
      baseUrl: "https://shop.example/spring",
      urlRaw: "https://shop.example/spring?utm_source=flyer",
      utmSource: "flyer",
      utmMedium: null,
      utmCampaign: null,
      utmTerm: null,
      utmContent: null,
      saysBot: false,
      ip: "198.51.100.7",
      ua: CLICK.ua,
    },
    link: {
      id: LINK.id,
      domain: "go.example",
      key: "spring",
      shortLink: "https://go.example/spring",
      url: "https://shop.example/spring",
      title: "Spring catalogue",
      tags: [{ id: "tag_1", name: "Print", color: "green" }],
      folderId: null,
      archived: false,
      payload: kept,
      createdAt: new Date("2026-08-01T08:00:00.000Z"),
      updatedAt: new Date("2026-08-10T08:00:00.000Z"),
      saidAt: new Date("2026-08-15T10:16:40.000Z"),
      deletedAt: null,
    },
  });
});

test("the payload of 2024 is read, which has no region, trigger, referer address or tags", () => {
  expect(read(old)).toMatchObject({
    kind: "click",
    click: {
      linkId: "cm0faqkyn0001txvfwjfeq7gl",
      clickId: "d0UtZqE0BZuBPrJS",
      clickedAt: new Date("2024-08-30T10:16:12.124Z"),
      country: "US",
      region: null,
      city: "San Francisco",
      trigger: "link",
      referer: null,
      refererUrl: null,
      saysBot: false,
    },
    link: { domain: "dub.sh", key: "79ys3WA", tags: [], updatedAt: new Date("2024-08-30T10:16:12.126Z") },
  });
});

test("Dub's test event is recognised, and so are its tests of link events", () => {
  expect(reasonOf(read(sample))).toBe("test: test event sent from Dub");
  const sampleLink = linkPayload("link.deleted", { id: "cm0b87844000dismqhkviju54" });
  expect(reasonOf(read(sampleLink))).toBe("test: test event sent from Dub");
  expect(clickOf({ id: "yNrYm0F6r1KMnq6N" }).clickId).toBe("yNrYm0F6r1KMnq6N");
});

test("words for “no value” become null in every field", () => {
  const none = {
    continent: null,
    country: null,
    region: null,
    city: null,
    device: null,
    browser: null,
    os: null,
    referer: null,
    refererUrl: null,
    refererUrlRaw: null,
    url: null,
    baseUrl: null,
    urlRaw: null,
    ip: null,
    ua: null,
  };
  for (const word of ["Unknown", "", "  \t", "(direct)", null, undefined, {}, [], true]) {
    const fields = ["continent", "country", "region", "city", "device", "browser", "os", "referer", "refererUrl"];
    const click = Object.fromEntries([...fields, "url", "ip", "ua", "trigger"].map((field) => [field, word]));
    expect(clickOf(click)).toMatchObject({ ...none, trigger: "link" });
  }
});

test.each([
  [{ region: "CA", country: "us" }, "US-CA"],
  [{ region: "US-CA", country: "US" }, "US-CA"],
  [{ region: "13", country: "JP" }, "JP-13"],
  [{ region: 13, country: "JP" }, "JP-13"],
  [{ region: "sfo1", country: "US" }, "US-SFO1"],
  [{ region: "CA", country: "Unknown" }, "CA"],
  [{ region: "Unknown", country: "US" }, null],
])("the region of %j is %s", (click, region) => {
  expect(clickOf(click).region).toBe(region);
});

test.each([
  [{ trigger: "deeplink", qr: true }, "deeplink"],
  [{ trigger: "qr", qr: true }, "qr"],
  [{ trigger: undefined, qr: true }, "qr"],
  [{ trigger: undefined, qr: false }, "link"],
  [{ trigger: null, qr: undefined }, "link"],
])("the trigger of %j is %s", (click, trigger) => {
  expect(clickOf(click).trigger).toBe(trigger);
});

test.each([
  [{ referer: "www.news.example" }, "news.example", "https://news.example/today"],
  [{ referer: "https://www.news.example/a?b#c", refererUrl: "(direct)" }, "news.example", "https://www.news.example/a"],
  [{ referer: "https://news.example/a?b" }, "news.example", "https://news.example/today"],
  [{ referer: "https://bücher.example/", refererUrl: undefined }, "bücher.example", "https://bücher.example/"],
  [{ referer: "https://", refererUrl: null }, "https://", null],
  [{ referer: "(direct)", refererUrl: "android-app://com.example/?x" }, null, "android-app://com.example/"],
  [{ referer: "<script>alert(1)</script>", refererUrl: "?q" }, "<script>alert(1)</script>", null],
])("the referer of %j is %s", (click, referer, refererUrl) => {
  expect(clickOf(click)).toMatchObject({ referer, refererUrl });
});

test("an IPv6 address, a continent in lower case and a bot flag are taken", () => {
  expect(clickOf({ ip: "2001:db8::1", continent: "eu", bot: true })).toMatchObject({
    ip: "2001:db8::1",
    continent: "EU",
    saysBot: true,
  });
});

test("a destination with dub_id is grouped without it and kept with it", () => {
  const url = "https://shop.example/?dub_id=d0UtZqE0BZuBPrJS&via=ann&utm_source=x";
  expect(clickOf({ url })).toMatchObject({
    url: "https://shop.example/?utm_source=x",
    baseUrl: "https://shop.example/",
    urlRaw: url,
    utmSource: "x",
  });
});

test("an address of 32,000 characters is kept", () => {
  const url = `https://shop.example/?q=${"x".repeat(32_000 - 24)}`;
  expect(clickOf({ url, refererUrl: url })).toMatchObject({ url, urlRaw: url, refererUrl: "https://shop.example/" });
});

test("NUL and lone surrogates become U+FFFD, and the click counts", () => {
  const body = JSON.stringify(clickPayload({ click: { id: "a\0b", city: "x\uD800y" }, link: { title: "\uDC00\0" } }));
  expect(read(body)).toMatchObject({
    kind: "click",
    receipt: { clickId: "a\uFFFDb" },
    click: { clickId: "a\uFFFDb", city: "x\uFFFDy" },
    link: { title: "\uFFFD\uFFFD", payload: { title: "\uFFFD\uFFFD" } },
  });
  expect(clickOf({ city: "東京 🗼" }).city).toBe("東京 🗼");
});

test("a byte order mark and bytes that are not UTF-8 do not stop a click", () => {
  const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes(clickPayload())]);
  expect(read(marked).kind).toBe("click");
  const broken = Buffer.from(JSON.stringify(clickPayload({ click: { city: "K\u00f6ln" } })), "latin1");
  expect(read(broken)).toMatchObject({ kind: "click", click: { city: "K\uFFFDln" } });
});

test("a link with the key _root, no destination and an international domain is a link", () => {
  expect(linkOf({ key: "_root", url: "", domain: "bücher.example" })).toMatchObject({
    key: "_root",
    url: null,
    domain: "bücher.example",
  });
  expect(clickOf({ url: "" })).toMatchObject({ url: null, baseUrl: null, urlRaw: null });
});

test("a link may be called Unknown, and what is of another type is left out", () => {
  const tags = [{ id: "t", name: "N" }, { id: 5 }, "x", null];
  expect(
    linkOf({ title: "Unknown", tags, archived: "yes", createdAt: "soon", updatedAt: 5, folderId: {} }),
  ).toMatchObject({
    title: "Unknown",
    tags: [{ id: "t", name: "N", color: null }],
    archived: false,
    createdAt: null,
    updatedAt: null,
    folderId: null,
  });
});

test("a click whose link is only an id counts", () => {
  const payload = {
    event: "link.clicked",
    data: { click: { id: "c", timestamp: CLICK.timestamp }, link: { id: "l" } },
  };
  expect(read(payload)).toMatchObject({
    kind: "click",
    receipt: { eventId: null },
    click: { linkId: "l", clickId: "c", trigger: "link" },
    link: { id: "l", payload: { id: "l" }, updatedAt: null },
  });
});

test("times are taken with their zone", () => {
  expect(clickOf({ timestamp: "2026-08-15T15:46:12.124+05:30" }).clickedAt).toEqual(
    new Date("2026-08-15T10:16:12.124Z"),
  );
  expect(clickOf({ timestamp: "2000-01-01T00:00:00Z" }).slot).toBe(1051872);
});
