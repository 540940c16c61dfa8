import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { clickPayload } from "../factory";
import { expectAccessible } from "../setup/axe";
import { deliver, signIn, visit } from "../setup/e2e";
import { CLICKS, deliverClicks, grid, heads, offered, panel, RANGE, rows, START } from "../setup/e2e-events";
import { emptied } from "../setup/emptied";
import { test } from "../setup/installation";
import { expectSound, testEveryLook } from "../setup/looks";

const USUAL = ["Time", "Link", "Referer", "Country", "City", "Device", "Browser"];
const opened = /[?&]click=\d+/;

test.beforeAll(emptied);

test.beforeAll(async () => {
  test.setTimeout(120_000);
  await deliverClicks();
});

test.beforeEach(async ({ page }) => {
  await signIn(page);
});

test("the list is reached from every page, with the range, and says how many clicks there are", async ({ page }) => {
  await page.goto(`/links?${RANGE}`);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Events" }).click();
  await expect(page).toHaveTitle("Events · Footfall");
  await expect(page.getByText("330 clicks", { exact: true })).toBeVisible();
  await expect(page.getByText("Times in UTC", { exact: true })).toBeVisible();
  await expect(page.getByText(/^Sunday,? 15 June 2025$/).filter({ visible: true })).toBeVisible();
  await expect(rows(page).first()).toContainText("17:28:00");
  await expect(heads(page)).toHaveText(USUAL);
});

test("the page scrolls, alone, and loads every click; few of them are drawn, and the heads stay", async ({ page }) => {
  await page.goto(`/events?${RANGE}`);
  await expect(page.getByText("100 loaded")).toBeVisible();
  await expect(async () => {
    await page.mouse.move(600, 600);
    await page.mouse.wheel(0, 20_000);
    await expect(page.getByText("All 330 clicks shown")).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await page.mouse.wheel(0, 40_000);
  await expect(rows(page).last()).toContainText("12:00:00");
  await expect(rows(page).last()).toBeInViewport();
  await expect(rows(page).last()).toHaveAttribute("aria-rowindex", String(CLICKS + 1));
  await expect(grid(page)).toHaveAttribute("aria-rowcount", String(CLICKS + 1));
  expect(await rows(page).count()).toBeLessThan(80);
  await expect(page.getByText("Referer", { exact: true }).filter({ visible: true }).first()).toBeInViewport();
  const scrollers = await page.evaluate(
    () =>
      [...document.querySelectorAll("main *")].filter(
        (element) =>
          element.scrollHeight > element.clientHeight + 2 &&
          /auto|scroll/.test(getComputedStyle(element).overflowY) &&
          element.clientHeight > 100,
      ).length,
  );
  expect(scrollers).toBe(0);
});

test("more clicks are loaded with the keyboard, and a failure says so and can be tried again", async ({ page }) => {
  await visit(page, `/events?${RANGE}`);
  await page.route("**/api/v1/events?**", (route) => route.abort());
  const more = page.getByRole("button", { name: "Load more" });
  await more.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Couldn’t reach the server. Try again.")).toBeVisible();
  await page.unroute("**/api/v1/events?**");
  await page.getByRole("button", { name: "Try again" }).press("Enter");
  await expect(page.getByText("200 loaded")).toBeVisible();
});

test("a cell offers the clicks that share its value, in this tab and in another", async ({ page, context }) => {
  await page.goto(`/events?${RANGE}`);
  const filter = await offered(page, "Filter by Country: Germany");
  const [other] = await Promise.all([context.waitForEvent("page"), filter.click({ modifiers: ["ControlOrMeta"] })]);
  await other.bringToFront();
  await expect(other.getByText("110 clicks", { exact: true })).toBeVisible();
  await other.close();
  await filter.click();
  await expect(page).toHaveURL(/country=DE/);
  await expect(page.getByText("110 clicks", { exact: true })).toBeVisible();
  await (await offered(page, "Filter by Browser: Firefox")).click();
  await expect(page.getByText("55 clicks", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Remove filter Country is Germany" }).click();
  await expect(page.getByText("165 clicks", { exact: true })).toBeVisible();
});

test("columns are chosen, ordered and remembered, also by the first paint of the next visit", async ({ page }) => {
  await visit(page, `/events?${RANGE}`);
  await page.getByRole("button", { name: "Columns" }).click();
  await expect(panel(page).getByRole("checkbox", { name: "Time" })).toBeDisabled();
  await panel(page).getByRole("checkbox", { name: "Referer", exact: true }).uncheck();
  await panel(page).getByRole("checkbox", { name: "UTM source" }).check();
  const up = panel(page).getByRole("button", { name: "Move UTM source up" });
  await up.focus();
  for (let step = 0; step < 6; step++) await page.keyboard.press("Enter");
  await expect(up).toBeFocused();
  await expect(panel(page).getByText("UTM source is column 1 of 7")).toBeAttached();
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  const chosen = ["UTM source", ...USUAL.filter((label) => label !== "Referer")];
  await expect(heads(page)).toHaveText(chosen);
  const html = await (await page.request.get(`/events?${RANGE}`)).text();
  expect(html.indexOf(">UTM source<")).toBeGreaterThan(0);
  expect(html.indexOf(">UTM source<")).toBeLessThan(html.indexOf(">Browser<"));
  await page.reload();
  await expect(heads(page)).toHaveText(chosen);
  await page.getByRole("button", { name: "Columns" }).click();
  await panel(page).getByRole("button", { name: "Reset to default columns" }).click();
  await page.getByRole("button", { name: "Close" }).click();
  await expect(heads(page)).toHaveText(USUAL);
});

test("a click on a row opens all of it, which can be shared, copied, filtered by and closed", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`/events?${RANGE}`);
  await rows(page).nth(1).getByRole("gridcell").nth(2).getByText("news.example").click();
  await expect(page).toHaveURL(opened);
  await expect(panel(page)).toHaveAccessibleName(/^Click on events\.example\.com\//);
  for (const text of [
    "https://news.example/today",
    "?page=2",
    "https://shop.example/spring?utm_source=flyer",
    /Mozilla\/5\.0 \(Macintosh/,
    "evt_events_328",
    "events_328",
  ]) {
    await expect(panel(page).getByText(text, { exact: true }).first()).toBeVisible();
  }
  await panel(page).getByRole("button", { name: "Copy Click id" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("events_328");
  await page.reload();
  await expect(panel(page)).toHaveAccessibleName(/^Click on events\.example\.com\//);
  await expectAccessible(page);
  await panel(page).getByRole("link", { name: "Filter by Browser: Chrome" }).click();
  await expect(panel(page)).toHaveCount(0);
  await expect(page).not.toHaveURL(opened);
  await expect(page.getByText("165 clicks", { exact: true })).toBeVisible();
});

test("the same visitor's other clicks are listed, on this link and on others, and lead on", async ({ page }) => {
  await page.goto(`/events?${RANGE}`);
  // The clicks 329, 288, 247, … 1 are one visitor's; 288 and 124 were on the menu.
  await rows(page)
    .first()
    .getByRole("link", { name: /^17:2.*15 June 2025/ })
    .click();
  const others = panel(page).getByRole("listitem").getByRole("link");
  await expect(others).toHaveCount(8);
  await expect(panel(page).getByRole("heading", { name: "On this link 6" })).toBeVisible();
  await expect(panel(page).getByRole("heading", { name: "On other links 2" })).toBeVisible();
  const address = page.url();
  await others.first().click();
  await expect(page).not.toHaveURL(address);
  await expect(others).toHaveCount(8);
  await page.goBack();
  await expect(page).toHaveURL(address);
});

test("the keyboard alone walks through the list, opens a click and comes back to it", async ({ page }) => {
  await visit(page, `/events?${RANGE}`);
  const open = rows(page)
    .nth(2)
    .getByRole("link", { name: /15 June 2025/ });
  await page.getByRole("search", { name: "Question" }).getByRole("button", { name: "Views" }).focus();
  await page.keyboard.press("Tab");
  await expect(rows(page).first().getByRole("link").first()).toBeFocused();
  for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "Home"]) await page.keyboard.press(key);
  await expect(open).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(panel(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await expect(page).not.toHaveURL(opened);
  await expect(open).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Load more" })).toBeFocused();
});

test("the download has exactly the clicks of the list", async ({ page }) => {
  await page.goto(`/events?${RANGE}&country=DE`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("footfall-events-2025-06-15_2025-06-15.csv");
  const clicks: Record<string, string>[] = parse(readFileSync(await download.path(), "utf8"), { columns: true });
  expect(clicks).toHaveLength(110);
  expect(new Set(clicks.map(({ country }) => country))).toEqual(new Set(["DE"]));
  expect(clicks[0]).toMatchObject({ clickId: "events_327", shortLink: "https://events.example.com/list" });
  expect((await page.request.get("/api/export/events.csv?contry=US")).status()).toBe(422);
});

test("a click that came meanwhile is one link away", async ({ page }) => {
  await page.clock.install();
  await page.goto("/events?browser=Lynx");
  await expect(page.getByText("No clicks match.")).toBeVisible();
  const click = { id: "events_new", timestamp: new Date().toISOString(), browser: "Lynx" };
  expect((await deliver(clickPayload({ id: "evt_events_new", click }))).status).toBe(202);
  await page.clock.fastForward(20_000);
  await page.getByRole("link", { name: "New clicks" }).click();
  await expect(rows(page)).toHaveCount(1);
});

test("what is not there is said: no click of this number, no click at all, no such filter", async ({ page }) => {
  await visit(page, `/events?${RANGE}&click=999999`);
  await expect(panel(page)).toHaveAccessibleName("Click not found");
  // On a busy machine the script replaces the button while it is pressed.
  await expect(async () => {
    await page.getByRole("button", { name: "Close" }).click({ timeout: 5_000 });
    await expect(page).not.toHaveURL(opened, { timeout: 5_000 });
  }).toPass();
  await page.goto("/events?start=2001-01-01&end=2001-01-02");
  await expect(page.getByText("No clicks in this range.")).toBeVisible();
  await page.goto("/events?contry=US");
  await expect(page.getByText(/part of the URL is invalid/)).toBeVisible();
});

test("what a payload says is text, and leads nowhere", async ({ page }) => {
  const click = {
    id: '"><img src=x onerror="window.hacked=true">',
    timestamp: new Date(START - 86_400_000).toISOString(),
    url: "javascript:alert(1)",
    refererUrl: "javascript:alert(2)",
    ua: "<script>window.hacked = true</script>",
  };
  const link = { id: "link_events_hostile", title: "<b>bold</b>", url: "javascript:alert(3)" };
  expect((await deliver(clickPayload({ id: "evt_events_hostile", click, link }))).status).toBe(202);
  await page.goto("/events?start=2025-06-14&end=2025-06-14");
  await rows(page).first().getByRole("link").first().click();
  await expect(panel(page).getByText("<script>window.hacked = true</script>", { exact: true })).toBeVisible();
  await expect(panel(page).getByText("<b>bold</b>", { exact: true })).toBeVisible();
  expect(await page.evaluate("window.hacked")).toBeUndefined();
  expect(await page.locator("a[href^=javascript]").count()).toBe(0);
});

testEveryLook("the list and its panels are accessible, fit, and ask nobody else", async (page) => {
  for (const path of [`/events?${RANGE}&country=DE,US`, "/events?contry=1", `/events?${RANGE}&click=1`]) {
    await page.goto(path);
    await expectSound(page);
  }
  await page.goto(`/events?${RANGE}`);
  await page.getByRole("button", { name: "Columns" }).click();
  await expect(panel(page)).toBeVisible();
  await expectSound(page);
  await page.keyboard.press("Escape");
  await rows(page).first().getByRole("link").first().click();
  await expect(panel(page)).toBeVisible();
  await expectSound(page);
});
