import { beforeEach, expect, test } from "vitest";
import { GET as analytics, POST } from "@/app/api/v1/analytics/route";
import { GET as links } from "@/app/api/v1/links/route";
import { GET as values } from "@/app/api/v1/values/[field]/route";
import { GET as why } from "@/app/api/v1/why/route";
import { click, insertClicks, insertLinks } from "../db/query/rows";
import { madeKey } from "./access-helpers";

let key = { authorization: "" };

beforeEach(async () => {
  key = await madeKey({ name: "Script" });
  await insertLinks([
    { id: "a", shortLink: "https://go.example/a", title: "Spring", folderId: "f" },
    { id: "b", shortLink: "https://go.example/b" },
  ]);
  await insertClicks([
    click({ country: "DE" }),
    click({ country: "US", device: "Mobile" }),
    click({ country: "US" }),
    click({ linkId: "b", clickedAt: new Date("2026-07-15T10:00:00Z") }),
  ]);
});

const get = (path: string) => new Request(`http://localhost/api/v1/${path}`, { headers: key });
const post = (body: unknown) =>
  POST(
    new Request("http://localhost/api/v1/analytics", {
      method: "POST",
      headers: { ...key, "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
    {},
  );

test("several questions in one request are answered as if each had been asked alone", async () => {
  const questions = [
    { interval: "all" },
    { groupBy: "countries", interval: "all", limit: 1 },
    { groupBy: "countries", interval: "all", country: ["-DE", "-FR"] },
    { groupBy: "timeseries", start: "2026-07-01", end: "2026-08-31", granularity: "month", timezone: "Asia/Tokyo" },
    { contry: "DE" },
  ];
  const { answers } = await (await post({ questions })).json();
  for (const [at, asked] of questions.entries()) {
    const params = Object.entries(asked).flatMap(([name, given]) => [given].flat().map((text) => [name, String(text)]));
    const alone = await analytics(get(`analytics?${new URLSearchParams(params)}`), {});
    const body = await alone.json();
    expect(answers[at], JSON.stringify(asked)).toEqual(
      alone.ok ? { status: 200, answer: body } : { status: 422, error: body.error },
    );
  }
  expect(answers.map(({ status }: { status: number }) => status)).toEqual([200, 200, 200, 200, 422]);
});

test.each([
  [{}, "questions: Use a list of questions."],
  [{ questions: [] }, "questions: Add a question."],
  [{ questions: Array(21).fill({}) }, "questions: Use at most 20 questions in one request."],
  [{ questions: [{ country: { is: "DE" } }] }, "questions.0.country: Invalid input"],
])("a body that can't be read is refused: %o", async (body, message) => {
  const response = await post(body);
  expect([response.status, (await response.json()).error.message]).toEqual([422, message]);
});

test("links are listed page by page, also those without a click", async () => {
  const page = async (query: string) => (await links(get(`links?${query}`), {})).json();
  expect(await page("start=2026-08-01&end=2026-08-31&compare=previous")).toMatchObject({
    rows: [
      { link: { id: "a", title: "Spring" }, clicks: 3, previous: 0 },
      { link: { id: "b" }, clicks: 0, previous: 1 },
    ],
    total: 2,
  });
  expect(await page("interval=all&search=spring&limit=1")).toMatchObject({ rows: [{ link: { id: "a" } }], total: 1 });
  expect((await links(get("links?sort=title"), {})).status).toBe(422);
  expect((await links(get("links?q=a"), {})).status).toBe(422);
});

test("values of a field and the reasons of a figure are told to a key", async () => {
  const context = (field: string) => ({ params: Promise.resolve({ field }) });
  const found = await (await values(get("values/country?interval=all&search=united"), context("country"))).json();
  expect(found).toMatchObject({ rows: [{ value: "US", text: "United States", clicks: 2 }], rowCount: 1, total: 4 });
  expect((await values(get("values/ip"), context("ip"))).status).toBe(404);
  const { facts } = await (await why(get("why?groupBy=countries&interval=7d"), {})).json();
  expect(facts.map(({ name }: { name: string }) => name)).toContain("Dub’s days");
});

test("what pages ignore is refused for programs, alone and among several", async () => {
  for (const query of [
    "country=",
    "fbclid=1",
    "_rsc=2",
    "interval=7d&start=2020-01-01",
    "qr=false",
    "limit=1&limit=2&groupBy=countries",
    "__proto__=DE",
  ]) {
    const response = await analytics(get(`analytics?${query}`), {});
    expect([query, response.status]).toEqual([query, 422]);
  }
  const { answers } = await (await post({ questions: [{ country: "" }, { fbclid: 1 }, { interval: "all" }] })).json();
  expect(answers.map(({ status }: { status: number }) => status)).toEqual([422, 422, 200]);
  expect((await post({ questions: [{ country: [] }] })).status).toBe(422);
  const request = new Request("http://localhost/api/v1/analytics", {
    method: "POST",
    headers: { ...key, "content-type": "application/json" },
    body: '{"questions": [{"interval": "all", "__proto__": "DE"}]}',
  });
  expect((await POST(request, {})).status).toBe(400);
});

test("more values than a statement can hold are refused", async () => {
  const many = (name: string, count: number) => ({
    interval: "all",
    [name]: Array.from({ length: count }, (_, n) => `v${n}`).join(","),
  });
  const { answers } = await (
    await post({
      questions: [many("tenantId", 10_001), many("city.contains", 101), many("tagId", 9_000), many("city", 10_000)],
    })
  ).json();
  expect(answers.map(({ status }: { status: number }) => status)).toEqual([422, 422, 200, 200]);
});
