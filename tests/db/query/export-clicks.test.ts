import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { exportClicks } from "@/lib/api/clicks-file";
import { answer } from "@/lib/question/answer";
import type { ClickPage, ListedClick } from "@/lib/question/answer-types";
import { parseCursor } from "@/lib/question/codec/query-string";
import { filtersFromParams } from "@/lib/question/codec/read";
import { COLUMNS } from "@/lib/question/columns";
import { question } from "@/lib/question/question";
import { click, insertClicks, insertLinks, manyClicks, OWNER } from "./rows";

const NOW = new Date("2026-11-15T12:00:00Z");
const filters = (query: string) => filtersFromParams(new URLSearchParams(query), NOW);
const exported = (query: string, columns: string | null = null) => exportClicks(OWNER, filters(query), columns);
const records = async (response: Response): Promise<string[][]> => parse(await response.text());

/** The list as somebody sees it who loads page after page. */
async function listed(query: string): Promise<ListedClick[]> {
  const rows: ListedClick[] = [];
  let before: string | null = null;
  do {
    const cursor: string | null = before;
    const page: ClickPage = await answer(
      question(
        OWNER,
        { kind: "clicks", limit: 700, before: cursor === null ? null : parseCursor(cursor), after: null },
        filters(query),
      ),
    );
    rows.push(...page.rows);
    before = page.older;
  } while (before);
  return rows;
}

test("the file has the clicks of the list in its order, each once, more than are asked for at once", async () => {
  // Several clicks of one moment lie across every edge of a page.
  const clicks = Array.from({ length: 4_100 }, (_, index) =>
    click({ clickedAt: new Date(Date.UTC(2026, 10, 1) + Math.floor(index / 7) * 1_000), country: "DE" }),
  );
  await insertClicks([...clicks, click({ country: "US" })]);
  const query = "interval=all&country=DE";
  const [header, ...body] = await records(await exported(query, "clickId"));
  expect(header).toEqual(["clickId"]);
  expect(body).toHaveLength(4_100);
  expect(body.flat()).toEqual((await listed(query)).map(({ clickId }) => clickId));
});

test("without a choice the file has every column: times in UTC and by the zone's clocks, links with their address", async () => {
  await insertLinks([{ id: "a", shortLink: "https://dub.sh/x" }]);
  const times = { clickedAt: new Date("2026-11-01T05:30:00.120Z"), receivedAt: new Date("2026-11-01T05:30:02.340Z") };
  await insertClicks([click({ ...times, country: "US", utmSource: "flyer", trigger: "qr" })]);
  const rows: Record<string, string>[] = parse(
    await (await exported("interval=all&timezone=America/New_York")).text(),
    { columns: true },
  );
  expect(rows).toEqual([
    {
      time: "2026-11-01T05:30:00.120Z",
      localTime: "2026-11-01T01:30:00-04:00",
      linkId: "a",
      shortLink: "https://dub.sh/x",
      url: "(none)",
      baseUrl: "(none)",
      referer: "(direct)",
      refererUrl: "(direct)",
      country: "US",
      region: "Unknown",
      city: "Unknown",
      continent: "Unknown",
      device: "Unknown",
      trigger: "qr",
      browser: "Unknown",
      os: "Unknown",
      bot: "human",
      utm_source: "flyer",
      utm_medium: "(none)",
      utm_campaign: "(none)",
      utm_term: "(none)",
      utm_content: "(none)",
      clickId: "click_0",
      received: "2026-11-01T05:30:02.340Z",
    },
  ]);
});

test("columns are chosen and ordered by their names", async () => {
  await insertClicks([click({ country: "DE" })]);
  expect(await records(await exported("interval=all", "country,received,time,country"))).toEqual([
    ["country", "received", "time", "localTime"],
    ["DE", "2026-08-15T10:00:00.000Z", "2026-08-15T10:00:00.000Z", "2026-08-15T10:00:00+00:00"],
  ]);
});

test("what a payload says is text in a spreadsheet", async () => {
  const referer = "=cmd|' /C calc'!A0";
  await insertClicks([click({ referer, utmTerm: "+1;=1", city: 'a,"b"\nc' })]);
  expect(await records(await exported("interval=all", "referer,utm_term,city"))).toEqual([
    ["referer", "utm_term", "city"],
    [`'${referer}`, "'+1;=1", 'a,"b"\nc'],
  ]);
});

test("a list without clicks is its header", async () => {
  expect(await records(await exported("interval=7d", "time,os"))).toEqual([["time", "localTime", "os"]]);
});

test("filters and columns that are not understood are refused, not left out", async () => {
  await expect(exported("contry=US")).rejects.toMatchObject({
    code: "unprocessable_entity",
    message: "contry: Unknown parameter. Remove it.",
  });
  await expect(exported("", "time,ip")).rejects.toMatchObject({
    code: "unprocessable_entity",
    message: `columns: Use one or more of ${COLUMNS.map(({ key }) => key).join(", ")}.`,
  });
});

test("the file says what it is, and one that is given up ends quietly", async () => {
  await insertClicks(manyClicks());
  const { headers, body } = await exported("start=2026-11-01&end=2026-11-10&timezone=Asia/Kathmandu");
  expect(headers.get("content-disposition")).toBe('attachment; filename="footfall-events-2026-11-01_2026-11-10.csv"');
  expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
  const reader = body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  await expect(reader?.cancel(new Error("gone"))).resolves.toBeUndefined();
});
