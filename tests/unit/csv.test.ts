import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { breakdownCsv, seriesCsv } from "@/lib/api/csv";
import type { LinkSummary } from "@/lib/click/links";
import type { BreakdownRow } from "@/lib/question/answer-types";

const text = (stream: ReadableStream<Uint8Array>) => new Response(stream).text();
const breakdown = (rows: BreakdownRow[]) => ({ rows, rowCount: rows.length, total: 0 });

const LINK: LinkSummary = {
  id: "link_1",
  domain: "dub.sh",
  key: "a",
  shortLink: "https://dub.sh/a",
  url: "https://example.com/?x=1,2",
  title: "=cmd|' /C calc'!A0",
  tags: [],
  folderId: null,
  archived: false,
  createdAt: null,
  deletedAt: null,
};

test("a breakdown has its key and clicks, and no value under its word", async () => {
  const rows = [
    { value: "US", clicks: 12, visitors: 7, withheld: 0 },
    { value: "FR", clicks: 5, visitors: 2, withheld: 2 },
    { value: null, clicks: 3, visitors: 1, withheld: 2 },
  ];
  expect(await text(breakdownCsv("country", breakdown(rows)))).toBe(
    [
      "country,clicks,country_name,visitors,visitors_certainty",
      "US,12,United States,7,exact",
      "FR,5,France,2,at least",
      "Unknown,3,Unknown,,unknown",
      "",
    ].join("\n"),
  );
  expect(await text(breakdownCsv("referer", breakdown([{ value: null, clicks: 3 }])))).toBe(
    "referer,clicks,referer_name,visitors,visitors_certainty\n(direct),3,(direct),,unknown\n",
  );
});

test("a breakdown without rows is its header", async () => {
  expect(await text(breakdownCsv("os", breakdown([])))).toBe("os,clicks,visitors,visitors_certainty\n");
});

test("cities have their place", async () => {
  const rows = [
    { value: "Springfield", clicks: 2, place: { country: "US", region: "US-IL" }, visitors: 2, withheld: 0 },
    { value: null, clicks: 1, place: { country: null, region: null }, visitors: 1, withheld: 0 },
  ];
  expect(await text(breakdownCsv("city", breakdown(rows)))).toBe(
    [
      "country,region,city,clicks,country_name,region_name,visitors,visitors_certainty",
      'US,US-IL,Springfield,2,United States,"Illinois, United States",2,exact',
      "Unknown,Unknown,Unknown,1,Unknown,Unknown,1,exact",
      "",
    ].join("\n"),
  );
});

test("links say what they are, one that is not known only its id", async () => {
  const rows = [
    { value: "link_1", clicks: 2, link: LINK, visitors: 2, withheld: 0 },
    { value: "link_2", clicks: 1, visitors: 1, withheld: 0 },
  ];
  expect(parse(await text(breakdownCsv("linkId", breakdown(rows))))).toEqual([
    ["link", "short_link", "domain", "key", "url", "title", "clicks", "visitors", "visitors_certainty"],
    [
      "link_1",
      "https://dub.sh/a",
      "dub.sh",
      "a",
      "https://example.com/?x=1,2",
      "'=cmd|' /C calc'!A0",
      "2",
      "2",
      "exact",
    ],
    ["link_2", "", "", "", "", "", "1", "1", "exact"],
  ]);
});

test("codes have their names, and new columns come after those that scripts know", async () => {
  const of = {
    rows: [{ value: "mon", clicks: 2, previous: 1, visitors: 1, withheld: 0 }],
    rowCount: 1,
    total: 2,
    previousTotal: 1,
  };
  expect(await text(breakdownCsv("weekday", of))).toBe(
    "weekday,clicks,previous,weekday_name,visitors,visitors_certainty\nmon,2,1,Monday,1,exact\n",
  );
});

test("a time series has local starts with their offset", async () => {
  const start = Date.parse("2026-11-01T05:00:00Z");
  const points = [
    { start, clicks: 1 },
    { start: start + 3_600_000, clicks: 0 },
  ];
  expect(await text(seriesCsv({ granularity: "hour", zone: "America/New_York", points }))).toBe(
    "start,clicks\n2026-11-01T01:00:00-04:00,1\n2026-11-01T01:00:00-05:00,0\n",
  );
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1"])(
  "a spreadsheet takes %j for text",
  async (value) => {
    const records = parse(
      await text(breakdownCsv("utm_term", breakdown([{ value, clicks: 1, visitors: 1, withheld: 0 }]))),
    );
    expect(records[1]).toEqual([`'${value}`, "1", "1", "exact"]);
  },
);

test.each(["a,b", 'say "hi"', "two\nlines", "a;=1+1", "a\t=1+1", "a\r=1+1", "<script>alert(1)</script>", "Ünïcødé 😀"])(
  "%j comes back to the letter",
  async (value) => {
    const body = await text(breakdownCsv("utm_term", breakdown([{ value, clicks: 1, visitors: 1, withheld: 0 }])));
    expect(parse(body)).toEqual([
      ["utm_term", "clicks", "visitors", "visitors_certainty"],
      [value, "1", "1", "exact"],
    ]);
  },
);

test.each(["a;=1+1", "a\t=1+1", "a\r=1+1"])(
  "%j is quoted, so that no spreadsheet splits it before the formula",
  async (value) => {
    const body = await text(breakdownCsv("utm_term", breakdown([{ value, clicks: 1, visitors: 1, withheld: 0 }])));
    expect(body).toBe(`utm_term,clicks,visitors,visitors_certainty\n"${value}",1,1,exact\n`);
  },
);
