import { expect, type Locator, type Page } from "@playwright/test";
import { clickPayload } from "../factory";
import { deliver, signIn, visit } from "../setup/e2e";
import { CLICKS, deliverClicks, panel, RANGE, rows } from "../setup/e2e-events";
import { emptied } from "../setup/emptied";
import { test } from "../setup/installation";
import { expectSound, testEveryLook } from "../setup/looks";

const opened = /[?&]click=\d+/;
const WIDE = { width: 1280, height: 800 };
const DELIVERIES = "/deliveries?span=all";

/** Of the night in which Berlin's clocks went back, with the local day and time. */
const NIGHT = [
  { id: "panels_early", timestamp: "2025-10-25T21:30:00.000Z", day: /^Saturday,? 25 October 2025$/, time: "23:30:00" },
  { id: "panels_first", timestamp: "2025-10-25T22:30:00.000Z", day: /^Sunday,? 26 October 2025$/, time: "00:30:00" },
  { id: "panels_summer", timestamp: "2025-10-26T00:30:00.000Z", day: /^Sunday,? 26 October 2025$/, time: "02:30:00" },
  { id: "panels_winter", timestamp: "2025-10-26T01:30:00.000Z", day: /^Sunday,? 26 October 2025$/, time: "02:30:00" },
];

test.beforeAll(emptied);

test.beforeAll(async () => {
  test.setTimeout(120_000);
  await deliverClicks();
  for (const { id, timestamp } of NIGHT) {
    const link = { id: "link_panels", title: "</script><script>window.hacked = true</script>", password: "hunter2" };
    expect((await deliver(clickPayload({ id: `evt_${id}`, click: { id, timestamp }, link }))).status).toBe(202);
  }
  expect((await deliver({ event: "link.lost", data: { password: "hunter2" } })).status).toBe(202);
});

test.beforeEach(async ({ page }) => {
  await signIn(page);
  await page.setViewportSize(WIDE);
});

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error("Not drawn");
  return box;
}

const row = (page: Page, index: number) => page.locator(`[aria-rowindex="${index + 2}"]`).last();
const listed = (page: Page) => page.getByRole("table", { name: "Deliveries, newest first" });
const idOf = (page: Page) => new URL(page.url()).searchParams.get("click");

test("a click's panel stands beside the list, and the keys go on from click to click", async ({ page }) => {
  await visit(page, `/events?${RANGE}`);
  const before = await boxOf(row(page, 1));
  await row(page, 1).getByRole("gridcell").nth(2).click();
  await expect(panel(page)).toHaveAccessibleName(/^Click on/);
  await expect(page).toHaveURL(opened);
  const [list, beside] = [await boxOf(page.locator("[data-frame]")), await boxOf(panel(page))];
  expect((await boxOf(row(page, 1))).y).toBe(before.y);
  expect(list.width).toBeLessThan(before.width);
  expect(beside.x).toBeGreaterThanOrEqual(list.x + list.width);
  expect(beside.y + beside.height).toBeLessThanOrEqual(WIDE.height);

  for (const [key, index] of [
    ["ArrowDown", 2],
    ["j", 3],
    ["j", 4],
    ["ArrowUp", 3],
    ["k", 2],
  ] as const) {
    const last = idOf(page);
    await page.keyboard.press(key);
    await expect(row(page, index)).toHaveAttribute("aria-current", "true");
    await expect(page.locator("[data-row][aria-current]")).toHaveCount(1);
    await expect(row(page, index).getByRole("link").first()).toBeFocused();
    await expect.poll(() => idOf(page)).not.toBe(last);
  }
  // Faster than the server answers.
  for (let step = 0; step < 20; step++) await page.keyboard.press("j");
  await expect(row(page, 22)).toHaveAttribute("aria-current", "true");
  await expect(row(page, 22).getByRole("link").first()).toBeInViewport({ ratio: 1 });
  await expect(page).toHaveURL(new RegExp(`click=${await row(page, 22).getAttribute("data-row")}$`));
  await expect(panel(page)).toHaveAttribute("aria-busy", "false");
  await panel(page).getByRole("button", { name: "Previous click" }).click();
  await expect(row(page, 21)).toHaveAttribute("aria-current", "true");
  await expect(panel(page).getByText("events_308", { exact: true })).toBeVisible();

  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await expect(page).not.toHaveURL(opened);
  await expect(row(page, 21).getByRole("link").first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(panel(page)).toBeVisible();
  await page.getByRole("button", { name: "Next click" }).click();
  await expect(row(page, 22)).toHaveAttribute("aria-current", "true");
  await expect(panel(page)).toHaveAttribute("aria-busy", "false");
  // The clicks that were looked at are not in the way back.
  await page.goBack();
  await expect(panel(page)).toHaveCount(0);
});

test("on a phone the panel is a modal sheet, in which buttons go on", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, `/events?${RANGE}`);
  await row(page, 1).click();
  await expect(page.locator("dialog:modal")).toHaveCount(1);
  expect(await boxOf(panel(page))).toMatchObject({ x: 0, width: 390, height: 844 });
  await expect(panel(page).getByText("events_328", { exact: true })).toBeVisible();
  await panel(page).getByRole("button", { name: "Next click" }).click();
  await expect(panel(page).getByText("events_327", { exact: true })).toBeVisible();
  // Turned to a wide window it stands beside the list.
  await page.setViewportSize(WIDE);
  await expect(page.locator("dialog:modal")).toHaveCount(0);
  await expect(panel(page)).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.locator("dialog:modal")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await expect(page).not.toHaveURL(opened);
});

test("a click is shown as it is stored, as harmless text and without a password", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await visit(page, "/events?start=2025-10-25&end=2025-10-26");
  await row(page, 0).getByRole("link").first().click();
  await panel(page).getByText("Stored as", { exact: true }).click();
  await panel(page).getByRole("button", { name: "Copy Click as JSON" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(copied)).toMatchObject({ clickId: "panels_winter", clickedAt: "2025-10-26T01:30:00.000Z" });
  await panel(page).getByRole("button", { name: "Copy Link as JSON" }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(link)).toMatchObject({
    id: "link_panels",
    title: "</script><script>window.hacked = true</script>",
  });
  expect(await page.content()).not.toContain("hunter2");
  await page.reload();
  await expect(panel(page)).toBeVisible();
  expect(await page.evaluate("window.hacked")).toBeUndefined();
});

test("clicks stand under their local days, also when the clocks change", async ({ page }) => {
  await page.goto("/events?start=2025-10-25&end=2025-10-26&timezone=Europe/Berlin");
  await expect(rows(page)).toHaveCount(NIGHT.length);
  const texts = await page
    .locator("tbody tr")
    // biome-ignore lint/performance/useDomNodeTextContent: phones and wide screens have cells of their own
    .evaluateAll((all) => all.map((element) => (element as HTMLElement).innerText.trim()));
  const [winter, summer, first, early] = NIGHT.toReversed();
  const expected = [winter?.day, winter?.time, summer?.time, first?.time, early?.day, early?.time];
  expect(texts).toHaveLength(expected.length);
  for (const [index, part] of expected.entries())
    expect(texts[index]).toMatch(typeof part === "string" ? new RegExp(`^${part}`) : (part ?? /never/));
});

test("who comes back to the list finds their place", async ({ page }) => {
  await visit(page, `/events?${RANGE}`);
  await expect(async () => {
    await page.evaluate(() => window.scrollTo(0, 7_600));
    await expect(row(page, 170)).toBeInViewport({ timeout: 300 });
  }).toPass({ timeout: 20_000 });
  const there = await page.evaluate(() => window.scrollY);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Links" }).click();
  await expect(page).toHaveTitle("Links · Footfall");
  await page.goBack();
  await expect(row(page, 170)).toBeInViewport();
  expect(Math.abs((await page.evaluate(() => window.scrollY)) - there)).toBeLessThan(100);
});

test("a delivery opens in place by a click anywhere on its row, and the keys go on", async ({ page }) => {
  await visit(page, DELIVERIES);
  const chart = page.getByRole("figure", { name: "Deliveries over time" });
  await expect(chart.getByText("0", { exact: true }).first()).toBeVisible();
  const table = listed(page);
  await expect(table.getByRole("columnheader")).toHaveText([
    "Received",
    "Outcome",
    "Event and reason",
    "Link",
    "Delay",
  ]);
  const line = (index: number) => table.getByRole("row").nth(index + 1);
  await line(3).getByText("Counted").click();
  await expect(page).toHaveURL(/^[^?]*\/deliveries\?.*delivery=c\d+/);
  await expect(panel(page)).toHaveAccessibleName(/^Counted: click on/);
  const place = await page.evaluate(() => window.scrollY);
  expect((await boxOf(panel(page))).x).toBeGreaterThanOrEqual((await boxOf(line(3))).x + (await boxOf(line(3))).width);
  for (const key of ["k", "ArrowUp", "k"]) await page.keyboard.press(key);
  await expect(panel(page)).toHaveAccessibleName("Quarantined: link.lost");
  await expect(line(0)).toHaveAttribute("aria-current", "true");
  await expect(page).toHaveURL(/delivery=d\d+/);
  await expect(panel(page).getByText("link.lost").first()).toBeVisible();
  expect(await page.content()).not.toContain("hunter2");
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await expect(page).not.toHaveURL(/delivery=/);
  await expect(line(0).getByRole("link").first()).toBeFocused();
  expect(await page.evaluate(() => window.scrollY)).toBe(place);
  await line(1).getByText("Counted").click();
  await panel(page).getByRole("link", { name: "Show the click" }).click();
  await expect(page).toHaveURL(/\/events\?.*click=\d+/);
  await expect(panel(page)).toHaveAccessibleName(/^Click on/);
});

testEveryLook("the panels are accessible and fit", async (page) => {
  await page.goto(DELIVERIES);
  await listed(page).getByRole("row").nth(2).getByText("Counted").click();
  await expect(panel(page)).toBeVisible();
  await expectSound(page);
  await page.goto(`/events?${RANGE}&click=${CLICKS - 1}`);
  await panel(page).getByText("Stored as", { exact: true }).click();
  await expectSound(page);
});
