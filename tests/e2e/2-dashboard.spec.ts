import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import type { DemoSummary } from "../../scripts/demo/summary";
import { clickPayload } from "../factory";
import { deliver, SECRET, serverUrl, signIn } from "../setup/e2e";
import { emptied } from "../setup/emptied";
import { test } from "../setup/installation";
import { expectSound, testEveryLook } from "../setup/looks";

const CLICKS = 1_500;

/** The most HTML that the overview of a month may be, before compression. */
const MOST_HTML_BYTES = 200_000;

let sent: DemoSummary;

test.describe.configure({ mode: "serial" });

test.beforeAll(emptied);

test.beforeAll(() => {
  test.setTimeout(120_000);
  const directory = mkdtempSync(join(tmpdir(), "footfall-demo-"));
  const file = join(directory, "summary.json");
  const options = [
    "--url",
    serverUrl(),
    "--secret",
    SECRET,
    "--clicks",
    String(CLICKS),
    "--no-live",
    "--summary",
    file,
  ];
  const demo = spawnSync(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "scripts/demo.ts", ...options],
    {
      encoding: "utf8",
    },
  );
  expect(demo.status, demo.stdout + demo.stderr).toBe(0);
  sent = JSON.parse(readFileSync(file, "utf8"));
  rmSync(directory, { recursive: true });
});

test.beforeEach(async ({ page }) => {
  await signIn(page);
});

const format = (count: number) => count.toLocaleString("en-US");
const total = (page: Page) => page.getByRole("region", { name: "Clicks" }).getByRole("paragraph").first();
const card = (page: Page, label: string) => page.getByRole("region", { name: label, exact: true });
const row = (page: Page, label: string, text: string) =>
  card(page, label).getByRole("listitem").filter({ hasText: text });

async function csv(page: Page, address: string): Promise<Record<string, string>[]> {
  const response = await page.request.get(address);
  expect(response.status(), address).toBe(200);
  return parse(await response.text(), { columns: true });
}

const sum = (rows: Record<string, string>[]) => rows.reduce((clicks, entry) => clicks + Number(entry.clicks), 0);

test("the numbers are those of the demo, on the page and in every download", async ({ page }) => {
  await page.goto("/?interval=all");
  await expect(total(page)).toHaveText(format(sent.clicks));
  expect(sent.clicks).toBe(CLICKS);
  const names = new Intl.DisplayNames("en", { type: "region" });
  for (const [country, clicks] of Object.entries(sent.byCountry).slice(0, 5)) {
    await expect(row(page, "Country", names.of(country) ?? country)).toContainText(format(clicks));
  }
  for (const [word, key, expected] of [
    ["countries", "country", sent.byCountry],
    ["devices", "device", sent.byDevice],
    ["browsers", "browser", sent.byBrowser],
    ["referers", "referer", sent.byReferer],
    ["top_links", "link", sent.byLink],
  ] as const) {
    const rows = await csv(page, `/api/export/${word}.csv?interval=all`);
    expect(Object.fromEntries(rows.map((entry) => [entry[key], Number(entry.clicks)]))).toEqual(expected);
  }
  expect(sum(await csv(page, "/api/export/timeseries.csv?interval=all"))).toBe(CLICKS);
});

test("the overview is light: its HTML holds what is seen, once", async ({ page }) => {
  const headers = { Accept: "text/html", "Accept-Encoding": "identity" };
  const response = await page.request.get("/?interval=30d&timezone=Europe/Berlin&bots=exclude", { headers });
  const html = await response.text();
  expect(html.match(/ class="facet-link"/g)?.length).toBeGreaterThan(30);
  expect(html.match(/<td role="cell"><a href/g)).toHaveLength(168);
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(MOST_HTML_BYTES);
});

test("a click on a link's row filters to it; the filter survives reload, goes back, and can be removed", async ({
  page,
}) => {
  const clicks = format(sent.byLink.link_demo_launch ?? 0);
  await page.goto("/?interval=all");
  await card(page, "Link")
    .getByRole("link", { name: /^go\.example\.com\/launch/ })
    .click();
  await expect(page).toHaveURL(/linkId=link_demo_launch/);
  await expect(total(page)).toHaveText(clicks);
  await page.reload();
  await expect(total(page)).toHaveText(clicks);
  await page.goBack();
  await expect(total(page)).toHaveText(format(CLICKS));
  await page.goForward();
  await expect(total(page)).toHaveText(clicks);
  await page.getByRole("link", { name: "Remove filter Link is go.example.com/launch" }).click();
  await expect(total(page)).toHaveText(format(CLICKS));
});

test("a link's own page shows its clicks, and its download adds up to what is shown", async ({ page }) => {
  await page.goto("/?interval=all");
  await page.getByRole("link", { name: "Open go.example.com/autumn" }).click();
  await expect(page.getByRole("heading", { name: "go.example.com/autumn" })).toBeVisible();
  await expect(page.getByText("Newsletter", { exact: true })).toBeVisible();
  const clicks = sent.byLink.link_demo_autumn ?? 0;
  await expect(total(page)).toHaveText(format(clicks));
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download CSV: Countries" }).click(),
  ]);
  const rows: Record<string, string>[] = parse(readFileSync(await download.path(), "utf8"), { columns: true });
  expect(sum(rows)).toBe(clicks);
});

test("a country's row and a city's row leave exactly their clicks", async ({ page }) => {
  await page.goto("/?interval=all&places=cities");
  const rows = await csv(page, "/api/export/cities.csv?interval=all&country=US");
  const springfield = rows.find(({ region, city }) => region === "US-IL" && city === "Springfield");
  await page.goto("/?interval=all&places=cities&country=US");
  await row(page, "City", "SpringfieldIL").getByRole("link").click();
  await expect(page).toHaveURL(/region=US-IL/);
  await expect(total(page)).toHaveText(format(Number(springfield?.clicks)));
});

test("ranges, granularity, zone and bots are chosen on the page and kept in the address", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Range: Last 30 days" }).click();
  await page.getByRole("link", { name: "Last 7 days" }).click();
  await expect(page).toHaveURL(/interval=7d/);
  await page.getByRole("navigation", { name: "Granularity" }).getByRole("link", { name: "Hours", exact: true }).click();
  await expect(page).toHaveURL(/granularity=hour/);
  await page.getByRole("button", { name: "Range: Last 7 days" }).click();
  await page.getByLabel("Time zone").selectOption("Asia/Kathmandu");
  await expect(page).toHaveURL(/timezone=Asia%2FKathmandu/);
  await expect(page.getByRole("region", { name: "Clicks" }).getByText("UTC+5:45")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Bots included" }).click();
  await page.getByRole("link", { name: "Only bots" }).click();
  await expect(page).toHaveURL(/bots=only/);
  await page.goto("/?interval=all&bots=only");
  await expect(total(page)).toHaveText(format(sent.bots));
  await page.goto("/?interval=all&bots=exclude");
  await expect(total(page)).toHaveText(format(CLICKS - sent.bots));
  await page.getByRole("link", { name: `+ ${format(sent.bots)} by bots` }).click();
  await expect(total(page)).toHaveText(format(sent.bots));
});

test("days of one's own are chosen in a form", async ({ page }) => {
  await page.goto("/?country=US");
  await page.getByRole("button", { name: "Range: Last 30 days" }).click();
  await page.getByLabel("From", { exact: true }).fill("2026-01-01");
  await page.getByLabel("To", { exact: true }).fill("2026-01-31");
  await page.getByRole("button", { name: "Apply days" }).click();
  await expect(page).toHaveURL(/country=US.*start=2026-01-01.*end=2026-01-31/);
  await expect(total(page)).toHaveText("0");
});

test("a part of the address that is not understood is said and matches nothing", async ({ page }) => {
  await page.goto("/?interval=all&contry=US");
  await expect(page.getByRole("list", { name: "Problems" })).toContainText("contry=US");
  await expect(total(page)).toHaveText("0");
  expect((await page.request.get("/api/export/countries.csv?contry=US")).status()).toBe(422);
  await page.getByRole("link", { name: "Show without it: contry=US" }).click();
  await expect(total(page)).toHaveText(format(CLICKS));
});

test("too fine a granularity is refused with the way out", async ({ page }) => {
  await page.goto("/?start=2020-01-01&granularity=hour");
  await expect(page.getByText(/choose a coarser granularity/)).toBeVisible();
  await page.getByRole("link", { name: "Use default granularity" }).click();
  await expect(total(page)).toHaveText(format(CLICKS));
});

test("links are listed, searched and sorted", async ({ page }) => {
  await page.goto("/links?interval=all");
  const names = page
    .getByRole("table")
    .getByRole("row")
    .getByRole("link", { name: /go\.example\.com/ });
  await expect(names).toHaveCount(12);
  await expect(names.first()).toHaveText("go.example.com/autumn");
  await page.getByRole("columnheader", { name: "Link" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(names.nth(1)).toHaveText("go.example.com/docs");
  await page.getByLabel("Search links").fill("COLLECTION");
  await page.keyboard.press("Enter");
  await expect(names).toHaveCount(2);
  await expect(page.getByText("Archived")).toBeVisible();
});

test("the ledger lists what was sent twice, and all that is known of it", async ({ page }) => {
  await page.goto("/deliveries");
  const outcomes = page.getByRole("navigation", { name: "Outcome" });
  await outcomes.getByRole("link", { name: `Duplicate ${format(sent.duplicates)}` }).click();
  await expect(page).toHaveURL(/outcome=duplicate/);
  const rows = page.getByRole("table", { name: "Deliveries, newest first" }).getByRole("row");
  await expect(rows).toHaveCount(Math.min(100, sent.duplicates) + 1);
  await rows.nth(1).getByRole("link").first().click();
  const panel = page.getByRole("dialog");
  await expect(panel.getByText("this click is counted already")).toBeVisible();
  await panel.getByRole("link", { name: /^Filter by Link/ }).click();
  await expect(page.getByRole("link", { name: /^Remove filter Link/ })).toBeVisible();
  await expect(panel).toHaveCount(0);
});

test("what is in quarantine is shown by reason and can be replayed", async ({ page }) => {
  for (const event of ["link.sold", "link.lost"]) await deliver({ event, data: {} });
  await page.goto("/deliveries?outcome=quarantined");
  const quarantine = page.getByRole("region", { name: "Quarantine" });
  await expect(quarantine.getByText("unknown event type")).toBeVisible();
  await quarantine.getByRole("button", { name: "Replay", exact: true }).first().click();
  await expect(quarantine.getByText(/0 processed, 2 still quarantined/)).toBeVisible();
});

test("a row can be reached and chosen with the keyboard alone", async ({ page }) => {
  await page.goto("/?interval=all");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  const germany = row(page, "Country", "Germany").getByRole("link");
  await germany.focus();
  await page.keyboard.press("Enter");
  await expect(total(page)).toHaveText(format(sent.byCountry.DE ?? 0));
});

test("what a payload says is shown as text and is harmless in a spreadsheet", async ({ page }) => {
  const referer = "<script>window.hacked = true</script>";
  const link = {
    id: "link_hostile",
    key: "hostile",
    title: "=cmd()|' /C calc'!A0",
    url: "javascript:alert(1)",
    shortLink: "https://go.example.com/hostile",
  };
  expect(
    (await deliver(clickPayload({ click: { id: "hostile", referer, timestamp: new Date().toISOString() }, link })))
      .status,
  ).toBe(202);
  await page.goto("/?linkId=link_hostile");
  await expect(row(page, "Referer", referer)).toBeVisible();
  await page.goto("/links/link_hostile");
  await expect(page.getByText("=cmd()|")).toBeVisible();
  expect(await page.evaluate("window.hacked")).toBeUndefined();
  expect(await page.locator("a[href^=javascript]").count()).toBe(0);
  const [exported] = await csv(page, "/api/export/top_links.csv?linkId=link_hostile");
  expect(exported?.title).toBe("'=cmd()|' /C calc'!A0");
});

testEveryLook("every page is accessible, fits, and asks nobody else", async (page) => {
  for (const path of [
    "/?interval=all&country=US,-&contry=1",
    "/?places=cities&show=places",
    "/links",
    "/links/link_demo_store",
    "/deliveries?outcome=quarantined",
    "/nowhere",
  ]) {
    await page.goto(path);
    await expectSound(page);
  }
});
