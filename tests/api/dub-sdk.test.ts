import { Dub } from "dub";
import * as errors from "dub/models/errors";
import type { RetrieveAnalyticsRequest } from "dub/models/operations";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { revokeKey } from "@/lib/account/keys/store";
import { DAY } from "@/lib/base/time";
import { serveRoutes } from "../setup/routes-server";
import { madeKey } from "./access-helpers";
import { API_ROUTES } from "./api-routes";
import { type Sent, send, sentBefore } from "./dub-clicks";

// Dub's own SDK, as it comes from npm, over HTTP.

const now = new Date();
const sent = sentBefore(now);
const YESTERDAY = new Date(now.getTime() - DAY).toISOString().slice(0, 10);
let server: Awaited<ReturnType<typeof serveRoutes>>;
let dub: Dub;

const sdk = (token: string) => new Dub({ token, serverURL: `${server.url}/api` });
const tokenOf = ({ authorization }: { authorization: string }) => authorization.replace("Bearer ", "");

beforeAll(async () => {
  server = await serveRoutes(API_ROUTES);
});
afterAll(() => server.close());

beforeEach(async () => {
  await send(sent);
  dub = sdk(tokenOf(await madeKey({ name: "SDK" })));
});

type Click = Sent["data"]["click"];
type Link = Sent["data"]["link"];

/** Clicks by a value, counted in plain code: most clicks first, in the form of a sorted list of pairs. */
function counted(sentAs: (click: Click, link: Link) => unknown, among = sent): [string, number][] {
  const counts = new Map<string, number>();
  for (const { data } of among) {
    for (const value of [sentAs(data.click, data.link)].flat()) {
      if (value !== undefined) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
    }
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

const known = (value: unknown) => (value === "Unknown" || value === "" ? undefined : value);
const regionOf = ({ country, region }: Click) => (known(region) === undefined ? undefined : `${country}-${region}`);
const query = (name: string) => (click: Click) => new URL(click.url).searchParams.get(name) ?? undefined;

/** Each grouping that the SDK can parse: what names a row, and the same from what was sent. */
const GROUPINGS: [
  RetrieveAnalyticsRequest["groupBy"],
  (row: never) => unknown,
  (click: Click, link: Link) => unknown,
][] = [
  ["continents", ({ continent }) => continent, ({ continent }) => known(continent)],
  ["countries", ({ country }) => country, ({ country }) => known(country)],
  ["regions", ({ region }) => region, regionOf],
  ["cities", ({ city }) => city, ({ city }) => known(city)],
  ["devices", ({ device }) => device, ({ device }) => device],
  ["browsers", ({ browser }) => browser, ({ browser }) => known(browser)],
  ["os", ({ os }) => os, ({ os }) => known(os)],
  ["triggers", ({ trigger }) => trigger, ({ trigger }) => (trigger === "nfc" ? undefined : (trigger ?? "link"))],
  ["trigger", ({ trigger }) => trigger, ({ trigger }) => (trigger === "nfc" ? undefined : (trigger ?? "link"))],
  ["referers", ({ referer }) => referer, ({ referer }) => referer],
  ["referer_urls", ({ refererUrl }) => refererUrl, ({ refererUrl }) => refererUrl.replace(/\?.*/, "")],
  ["top_links", ({ id }) => id, (_, { id }) => id],
  ["top_urls", ({ url }) => url, ({ url }) => url],
  ["top_base_urls", ({ url }) => url, ({ url }) => url.replace(/\?.*/, "")],
];

test("each grouping has the clicks that were sent", async () => {
  for (const [groupBy, nameOf, sentAs] of GROUPINGS) {
    const rows = (await dub.analytics.retrieve({ groupBy, interval: "all" })) as { clicks: number }[];
    const pairs = rows.map((row) => [String(nameOf(row as never)), row.clicks] as const);
    const clicks = pairs.map(([, count]) => count);
    expect(clicks, groupBy).toEqual(clicks.toSorted((a, b) => b - a));
    expect(
      pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)),
      groupBy,
    ).toEqual(counted(sentAs));
    expect(rows[0], groupBy).toMatchObject({ leads: 0, sales: 0, saleAmount: 0 });
  }
});

test("count and the defaults without any parameter", async () => {
  const days = (count: number) =>
    sent.filter(({ data }) => new Date(data.click.timestamp) >= new Date(now.getTime() - count * DAY));
  expect(await dub.analytics.retrieve()).toEqual({ clicks: days(30).length, leads: 0, sales: 0, saleAmount: 0 });
  expect(await dub.analytics.retrieve({})).toMatchObject({ clicks: days(30).length });
  expect(await dub.analytics.retrieve({ interval: "all" })).toMatchObject({ clicks: sent.length });
  expect(await dub.analytics.retrieve({ interval: "7d" })).toMatchObject({ clicks: days(7).length });
  expect(await dub.analytics.retrieve({ interval: "24h" })).toMatchObject({ clicks: days(1).length });
});

test.each(["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Chatham"])(
  "series of each interval in %s",
  async (timezone) => {
    const buckets = { "24h": 25, "7d": 8, "30d": 31, "90d": 91, "1y": 13 } as const;
    for (const interval of ["24h", "7d", "30d", "90d", "1y", "mtd", "qtd", "ytd", "all"] as const) {
      const points = (await dub.analytics.retrieve({ groupBy: "timeseries", interval, timezone })) as {
        start: string;
        clicks: number;
      }[];
      const count = (await dub.analytics.retrieve({ interval, timezone })) as { clicks: number };
      expect(
        points.reduce((sum, { clicks }) => sum + clicks, 0),
        interval,
      ).toBe(count.clicks);
      if (interval in buckets) {
        // A day of 23 hours, or the turn of an hour, changes them by one.
        expect(Math.abs(points.length - buckets[interval as "24h"]), interval).toBeLessThanOrEqual(1);
      }
      for (const { start } of points)
        expect(start).toMatch(/^\d{4}-\d\d-\d\dT\d\d:00:00\.000[+-]\d{4}$|T\d\d:\d\d:00\.000[+-]\d{4}$/);
    }
  },
);

const FILTERS: [RetrieveAnalyticsRequest, (click: Click, link: Link) => boolean][] = [
  [{ country: "US" }, ({ country }) => country === "US"],
  [{ country: "us,DE" }, ({ country }) => country === "US" || country === "DE"],
  [{ country: "-US,DE" }, ({ country }) => country !== "US" && country !== "DE"],
  [{ region: "US-CA" }, ({ region }) => region === "CA"],
  [{ region: "CA,NY" }, ({ region }) => region === "CA" || region === "NY"],
  [{ device: "mobile" }, ({ device }) => device === "Mobile"],
  [{ os: "Mac" }, ({ os }) => os === "Mac OS"],
  [{ os: "ios" }, ({ os }) => os === "iOS"],
  [{ browser: "chrome" }, ({ browser }) => browser === "Chrome"],
  [{ continent: "NA,EU" }, ({ continent }) => continent === "NA" || continent === "EU"],
  [{ trigger: "qr" }, ({ trigger }) => trigger === "qr"],
  [{ qr: true }, ({ trigger }) => trigger === "qr"],
  [{ qr: false }, () => true],
  [{ referer: "(direct)" }, ({ referer }) => referer === "(direct)"],
  [{ refererUrl: "https://news.example/today?page=9" }, ({ referer }) => referer !== "(direct)"],
  [{ url: "https://shop.example/spring" }, () => true],
  [{ utmSource: "fly" }, (click) => query("utm_source")(click) === "fly"],
  [{ utmMedium: "-print" }, (click) => query("utm_medium")(click) !== "print"],
  [{ utmCampaign: "May", utmTerm: "a", utmContent: "b" }, (click) => query("utm_campaign")(click) === "May"],
  [{ city: "New York,Tokyo" }, ({ city }) => city === "New York" || city === "Tokyo"],
  [{ start: "2020-01-01", end: YESTERDAY }, ({ timestamp }) => timestamp.slice(0, 10) <= YESTERDAY],
  [{ linkId: "link_2" }, (_, { id }) => id === "link_2"],
  [{ linkId: "-link_2" }, (_, { id }) => id !== "link_2"],
  [{ linkId: "nobody" }, () => false],
  [{ domain: "go.example", key: "two" }, (_, { id }) => id === "link_2"],
  [{ externalId: "ext_77" }, (_, { id }) => id === "link_2"],
  [{ tenantId: "tenant_1" }, (_, { id }) => id === "link_2"],
  [{ partnerId: "pn_1,pn_2" }, (_, { partnerId }) => partnerId !== null],
  [{ programId: "prog_1" }, (_, { id }) => id === "link_2"],
  [{ folderId: "fold_1" }, (_, { folderId }) => folderId === "fold_1"],
  [{ tagId: "tag_1" }, (_, { tags }) => tags.some(({ id }) => id === "tag_1")],
  [{ tagIds: "tag_2" }, (_, { tags }) => tags.some(({ id }) => id === "tag_2")],
  [{ root: true }, (_, { key }) => key === "_root"],
  [{ root: false, country: "JP" }, ({ country }, { key }) => key !== "_root" && country === "JP"],
  [{ event: "composite" }, () => true],
  [{ event: "sales" }, () => false],
];

test("each filter counts what it means", async () => {
  for (const [filter, holds] of FILTERS) {
    const expected = sent.filter(({ data }) => holds(data.click, data.link)).length;
    const count = await dub.analytics.retrieve({ interval: "all", ...filter });
    expect(count, JSON.stringify(filter)).toMatchObject({ clicks: expected });
  }
});

test("leads and sales have no clicks, whatever they are grouped by", async () => {
  for (const event of ["leads", "sales"] as const) {
    expect(await dub.analytics.retrieve({ event, interval: "all", groupBy: "countries" })).toEqual([]);
    const points = (await dub.analytics.retrieve({ event, interval: "7d", groupBy: "timeseries" })) as {
      clicks: number;
    }[];
    expect(points.map(({ clicks }) => clicks)).toEqual(points.map(() => 0));
    expect(await dub.events.list({ event, interval: "all" })).toEqual([]);
  }
});

test("events come page by page in both orders, with links that have every key", async () => {
  const byTime = [...sent].sort((a, b) => (a.data.click.timestamp < b.data.click.timestamp ? 1 : -1));
  for (const sortOrder of ["desc", "asc"] as const) {
    const expected = (sortOrder === "desc" ? byTime : byTime.toReversed()).map(({ data }) => data.click.id);
    const pages = await Promise.all(
      [1, 2, 3].map((page) => dub.events.list({ interval: "all", limit: 25, page, sortOrder })),
    );
    expect(pages.map((page) => page.length)).toEqual([25, 25, 10]);
    expect(pages.flat().map(({ click }) => click.id)).toEqual(expected);
  }
  expect((await dub.events.list({ interval: "all", order: "asc", limit: 1 }))[0]?.click.id).toBe(
    byTime.at(-1)?.data.click.id,
  );
  const [newest] = await dub.events.list({ interval: "all", limit: 1, country: "US" });
  const { click, link } = byTime.find(({ data }) => data.click.country === "US")?.data ?? {};
  expect(newest).toMatchObject({
    event: "click",
    click: {
      id: click?.id,
      timestamp: click?.timestamp,
      url: click?.url,
      country: "US",
      region: `US-${click?.region}`,
      ip: click?.ip,
    },
    link: {
      id: link?.id,
      domain: link?.domain,
      password: null,
      workspaceId: "ws_1",
      tags: link?.tags,
      createdAt: link?.createdAt,
    },
    clickId: click?.id,
    linkId: link?.id,
  });
});

test("each refusal is the SDK's own error class", async () => {
  const asked = (client: Dub, filter: RetrieveAnalyticsRequest = {}) => client.analytics.retrieve(filter);
  await expect(asked(sdk("footfall_wrong"))).rejects.toBeInstanceOf(errors.Unauthorized);
  await expect(asked(dub, { country: "-" })).rejects.toBeInstanceOf(errors.UnprocessableEntity);
  await expect(asked(dub, { groupId: "grp_1" })).rejects.toBeInstanceOf(errors.UnprocessableEntity);
  await expect(dub.events.list({ limit: 1_001 })).rejects.toBeInstanceOf(errors.UnprocessableEntity);
  const exporter = sdk(tokenOf(await madeKey({ name: "Exporter", scopes: ["export"] })));
  await expect(asked(exporter)).rejects.toBeInstanceOf(errors.Forbidden);
  const slow = sdk(tokenOf(await madeKey({ name: "Slow", perMinute: 1 })));
  await asked(slow);
  await expect(asked(slow)).rejects.toBeInstanceOf(errors.RateLimitExceeded);
  await revokeKey({ name: "SDK" });
  await expect(asked(dub)).rejects.toBeInstanceOf(errors.Unauthorized);
});

test("the SDK waits as long as it is told when it asked too often", async () => {
  const key = await madeKey({ name: "Limited", perMinute: 1 });
  const ask = () => fetch(`${server.url}/api/analytics`, { headers: { authorization: key.authorization } });
  await ask();
  const refused = await ask();
  expect(refused.status).toBe(429);
  const wait = Number(refused.headers.get("retry-after"));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  expect(refused.headers.get("x-ratelimit-limit")).toBe("1");
});
