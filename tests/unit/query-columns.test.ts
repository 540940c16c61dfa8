import { expect, test } from "vitest";
import { DIMENSIONS } from "@/lib/click/dimensions";
import type { ListedClick } from "@/lib/question/answer-types";
import { COLUMNS, chosenColumns, DEFAULT_COLUMNS, moveColumn, readColumns, storedValue } from "@/lib/question/columns";
import { wordsOf } from "@/lib/question/words";

const CLICK: ListedClick = {
  seq: "7",
  clickId: "d0UtZqE0BZuBPrJS",
  linkId: "link_1",
  clickedAt: new Date("2026-11-03T13:05:09.123Z"),
  receivedAt: new Date("2026-11-03T13:05:11.223Z"),
  link: null,
  continent: "NA",
  country: "US",
  region: "US-CA",
  city: null,
  device: "Smarttv",
  browser: "<b>",
  os: null,
  trigger: "qr",
  referer: null,
  refererUrl: "https://news.example/today",
  url: "http://shop.example/?a=1",
  baseUrl: "http://shop.example/",
  utmSource: "flyer",
  utmMedium: null,
  utmCampaign: null,
  utmTerm: null,
  utmContent: null,
  bot: false,
};

test("every dimension of a click is a column under its own name", () => {
  const dimensions = DIMENSIONS.filter((entry) => entry.of === "click").map(({ key, label }) => ({ key, label }));
  expect(COLUMNS.flatMap(({ key, label, dimension }) => (dimension ? [{ key, label }] : []))).toEqual(dimensions);
});

test("a list of names is read in its order, each once, and tells what is no column", () => {
  expect(readColumns("country,time,,country,ip,constructor")).toEqual({
    columns: ["country", "time"],
    unknown: ["ip", "constructor"],
  });
});

test.each([
  [undefined, DEFAULT_COLUMNS],
  ["", DEFAULT_COLUMNS],
  ["ip,<script>", DEFAULT_COLUMNS],
  ["country,time,os", ["country", "time", "os"]],
  ["country,os", ["time", "country", "os"]],
])("the remembered choice %j is %j", (text, columns) => {
  expect(chosenColumns(text)).toEqual(columns);
});

test("a column is moved one place, and stays at an end", () => {
  expect(moveColumn(["time", "os", "bot"], "os", -1)).toEqual(["os", "time", "bot"]);
  expect(moveColumn(["time", "os", "bot"], "os", 1)).toEqual(["time", "bot", "os"]);
  expect(moveColumn(["time", "os"], "time", -1)).toEqual(["time", "os"]);
  expect(moveColumn(["time", "os"], "os", 1)).toEqual(["time", "os"]);
  expect(moveColumn(["time", "os"], "bot", 1)).toEqual(["time", "os"]);
});

test("a value is what the filter asks for", () => {
  expect([storedValue(CLICK, "utm_source"), storedValue(CLICK, "bot"), storedValue(CLICK, "city")]).toEqual([
    "flyer",
    "human",
    null,
  ]);
});

test("words are for people, in the zone's time; what is not known has its dimension's word", () => {
  expect(wordsOf(CLICK, "Asia/Kathmandu")).toMatchObject({
    time: "3 Nov 2026, 18:50:09",
    day: expect.stringMatching(/^Tuesday,? 3 November 2026$/),
    timeOfDay: "18:50:09",
    exactTime: "2026-11-03T13:05:09.123Z · 2026-11-03T18:50:09+05:45",
    exactReceived: "2026-11-03T13:05:11.223Z · 2026-11-03T18:50:11+05:45",
    received: "2.1\u00A0s",
    clickId: "d0UtZqE0BZuBPrJS",
    linkId: "link_1",
    url: "http://shop.example/?a=1",
    refererUrl: "news.example/today",
    referer: "(direct)",
    country: "United States",
    region: "California, United States",
    city: "Unknown",
    device: "Smart TV",
    browser: "<b>",
    trigger: "QR scan",
    bot: "Human",
  });
  const link = { shortLink: "https://go.example/spring" } as ListedClick["link"];
  expect(wordsOf({ ...CLICK, link }, "UTC").linkId).toBe("go.example/spring");
});
