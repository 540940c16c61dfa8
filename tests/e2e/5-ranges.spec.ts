import { expect, type Page } from "@playwright/test";
import { signIn, visit } from "../setup/e2e";
import { deliverClicks } from "../setup/e2e-clicks";
import { emptied } from "../setup/emptied";
import { test } from "../setup/installation";
import { expectSound, testEveryLook } from "../setup/looks";

const LINK = { id: "link_ranges", key: "ranges" };
const DAY = 24 * 60 * 60 * 1000;
const HOME = `/?linkId=${LINK.id}`;

// Three clicks on each of the ninety days before today, at the start of the day, and four today.
const A_DAY = 3;
const TODAY = 4;
const NEWEST_30 = 29 * A_DAY + TODAY;

const now = Date.now();
const midnight = Math.floor(now / DAY) * DAY;
const dateAgo = (days: number) => new Date(midnight - days * DAY).toISOString().slice(0, 10);

test.describe.configure({ mode: "serial" });

test.beforeAll(emptied);

test.beforeAll(async () => {
  const today = Array.from({ length: TODAY }, () => ({ at: new Date(Math.max(midnight, now - 60_000)) }));
  const before = Array.from({ length: 90 * A_DAY }, (_, index) => {
    const days = 1 + Math.floor(index / A_DAY);
    const country = index % A_DAY > 0 ? "US" : days < 30 ? "DE" : "FR";
    return { at: new Date(midnight - days * DAY + index), click: { country } };
  });
  await deliverClicks(LINK, [...today, ...before]);
});

test.beforeEach(async ({ page }) => {
  await signIn(page);
});

const clicks = (page: Page) => page.getByRole("region", { name: "Clicks" }).getByRole("paragraph").first();
const rangeButton = (page: Page) => page.getByRole("button", { name: /^Range:/ });
const chart = (page: Page) => page.getByRole("figure", { name: /^Clicks over time/ });
const row = (page: Page, card: string, text: string) =>
  page.getByRole("region", { name: card, exact: true }).getByRole("listitem").filter({ hasText: text });

/** Where the point of one bucket of the chart stands. */
async function pointAt(page: Page, index: number, count: number): Promise<{ x: number; y: number }> {
  const box = await chart(page).boundingBox();
  if (!box) throw new Error("the chart is not drawn");
  const [left, right] = [44, 24];
  // The padding of the card is outside of the figure.
  return { x: box.x + left + ((box.width - left - right) * index) / (count - 1), y: box.y + box.height - 120 };
}

async function drag(page: Page, from: number, to: number, count: number): Promise<void> {
  const [start, end] = [await pointAt(page, from, count), await pointAt(page, to, count)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, start.y, { steps: 3 });
  await page.mouse.move(end.x, end.y, { steps: 3 });
}

test("a range is chosen by name in the panel, which closes", async ({ page }) => {
  await page.goto(HOME);
  await expect(clicks(page)).toHaveText(String(NEWEST_30));
  await rangeButton(page).click();
  const panel = page.getByRole("dialog", { name: "Choose a range" });
  await expect(panel.getByRole("link", { name: "Last 30 days" })).toHaveAttribute("aria-current", "true");
  await panel.getByRole("link", { name: "Yesterday" }).click();
  await expect(page).toHaveURL(/interval=yesterday/);
  await expect(clicks(page)).toHaveText(String(A_DAY));
  await expect(panel).toBeHidden();
  await expect(rangeButton(page)).toHaveText(/Yesterday/);
});

test("ranges step back and forth by their own length, and not into the future", async ({ page }) => {
  await page.goto(`${HOME}&interval=7d`);
  await expect(clicks(page)).toHaveText(String(6 * A_DAY + TODAY));
  await expect(page.getByRole("link", { name: "Forward", exact: true })).toBeDisabled();
  await page.getByRole("link", { name: /^Back to/ }).click();
  await expect(page).toHaveURL(new RegExp(`start=${dateAgo(13)}&end=${dateAgo(7)}`));
  await expect(clicks(page)).toHaveText(String(7 * A_DAY));
  await page.getByRole("link", { name: "Forward to Last 7 days" }).click();
  await expect(page).toHaveURL(/interval=7d/);
});

test("single keys lead to ranges, steps and the comparison, but not while a panel is open", async ({ page }) => {
  await page.goto(HOME);
  await page.waitForLoadState("networkidle");
  await page.keyboard.press("w");
  await expect(page).toHaveURL(/interval=7d/);
  await expect(rangeButton(page)).toHaveText(/Last 7 days/);
  await page.goto(`${HOME}&interval=today`);
  await page.waitForLoadState("networkidle");
  await page.keyboard.press("o");
  await page.keyboard.press("ArrowLeft");
  await expect(page).toHaveURL(new RegExp(`start=${dateAgo(1)}&end=${dateAgo(1)}`));
  await expect(clicks(page)).toHaveText(String(A_DAY));
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/interval=today/);
  await expect(clicks(page)).toHaveText(String(TODAY));
  await page.keyboard.press("x");
  await expect(page).toHaveURL(/compare=previous/);
  await expect(page.getByRole("button", { name: "vs previous period" })).toBeVisible();
  await page.keyboard.press("x");
  await expect(page).not.toHaveURL(/compare/);
  await expect(page.getByRole("button", { name: "Compare", exact: true })).toBeVisible();
  await rangeButton(page).click();
  await expect(page.getByRole("dialog", { name: "Choose a range" })).toBeVisible();
  await page.keyboard.press("y");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Choose a range" })).toBeHidden();
  await expect(page).toHaveURL(/interval=today/);
});

test("somebody who types is left alone", async ({ page }) => {
  await page.goto("/links?interval=all");
  await page.waitForLoadState("networkidle");
  await page.getByLabel("Search links").pressSequentially("wy");
  await expect(page.getByLabel("Search links")).toHaveValue("wy");
  await expect(page).toHaveURL(/interval=all/);
});

test("days of one's own are chosen in the calendar", async ({ page }) => {
  await page.goto(`${HOME}&interval=lastMonth`);
  await rangeButton(page).click();
  const month = new Intl.DateTimeFormat("en-US", { month: "long", timeZone: "UTC" }).format(
    Date.parse(`${dateAgo(0).slice(0, 7)}-01`) - DAY,
  );
  await page.getByRole("button", { name: new RegExp(`${month} 10th`) }).click();
  await page.getByRole("button", { name: new RegExp(`${month} 12th`) }).click();
  await page.getByRole("button", { name: "Apply days" }).click();
  await expect(page).toHaveURL(/start=\d{4}-\d\d-10&end=\d{4}-\d\d-12/);
  await expect(clicks(page)).toHaveText(String(3 * A_DAY));
});

test("hours are exact instants, whatever the zone is later", async ({ page }) => {
  await page.goto(`${HOME}&start=${dateAgo(5)}&end=${dateAgo(5)}&timezone=Asia/Kathmandu`);
  await rangeButton(page).click();
  await page.getByLabel("Set hours").check();
  await page.getByLabel("From hour").selectOption("05:00");
  await page.getByLabel("To hour").selectOption("06:00");
  await page.getByRole("button", { name: "Apply hours" }).click();
  await expect(page).toHaveURL(/start=\d{4}-\d\d-\d\dT23%3A15Z&end=\d{4}-\d\d-\d\dT00%3A15Z/);
  await expect(clicks(page)).toHaveText(String(A_DAY));
  await expect(
    page.getByRole("navigation", { name: "Granularity" }).getByRole("link", { name: "15 min" }),
  ).toHaveAttribute("aria-current", "true");
});

test("before any script has loaded the panel opens, its ranges are links and its form has dates", async ({ page }) => {
  await page.route(/\/_next\/static\/.*\.js/, (route) => route.abort());
  await page.goto(HOME);
  await rangeButton(page).click();
  await page.getByRole("link", { name: "Last week" }).click();
  await expect(page).toHaveURL(/interval=lastWeek/);
  await rangeButton(page).click();
  await page.getByLabel("From", { exact: true }).fill("2026-01-01");
  await page.getByLabel("To", { exact: true }).fill("2026-01-31");
  await page.getByRole("button", { name: "Apply days" }).click();
  await expect(page).toHaveURL(/start=2026-01-01&end=2026-01-31/);
});

test("the bucket that is not over says so, and a past range has none", async ({ page }) => {
  await page.goto(`${HOME}&interval=7d`);
  await expect(chart(page).getByRole("row", { name: /\(so far\)/ })).toHaveCount(1);
  // The chart may still find its place when the pointer comes.
  await expect(async () => {
    const { x, y } = await pointAt(page, 6, 7);
    await page.mouse.move(x - 5, y);
    await page.mouse.move(x - 4, y);
    // In the table for screen readers, and now beside the pointer.
    await expect(chart(page).getByText(/\(so far\)/)).toHaveCount(2, { timeout: 2_000 });
  }).toPass();
  await page.goto(`${HOME}&interval=yesterday`);
  await expect(chart(page).getByRole("row")).toHaveCount(25);
  await expect(chart(page).getByRole("row", { name: /\(so far\)/ })).toHaveCount(0);
});

test("dragging across the chart shows exactly those buckets; Escape lets go; going back zooms out", async ({
  page,
}) => {
  await page.goto(HOME);
  await expect(chart(page).getByRole("row")).toHaveCount(31);
  await page.waitForLoadState("networkidle");
  await drag(page, 10, 12, 30);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect(page).not.toHaveURL(/start=/);
  await drag(page, 12, 10, 30);
  await page.mouse.up();
  await expect(page).toHaveURL(new RegExp(`start=${dateAgo(19)}&end=${dateAgo(17)}`));
  await expect(clicks(page)).toHaveText(String(3 * A_DAY));
  // The hint of the former range would name another day.
  await expect(page.locator(".recharts-tooltip-wrapper")).toHaveCSS("visibility", "hidden");
  await page.getByRole("button", { name: "Zoom out" }).click();
  await expect(page).not.toHaveURL(/start=/);
  await expect(clicks(page)).toHaveText(String(NEWEST_30));
  await expect(page.getByRole("button", { name: "Zoom out" })).toBeHidden();
});

test("a comparison is in the totals, the chart and every row, and says when it means nothing", async ({ page }) => {
  await page.goto(HOME);
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  const panel = page.getByRole("dialog", { name: "Compare with" });
  await panel.getByRole("link", { name: /^Previous period/ }).click();
  await expect(page).toHaveURL(/compare=previous/);
  const region = page.getByRole("region", { name: "Clicks" });
  await expect(region).toContainText(`from ${30 * A_DAY}`);
  await expect(region).toContainText("+1.1");
  await expect(region.getByText("within normal variation")).toHaveAttribute("title", /Normal week-to-week variation/);
  await expect(region.getByRole("heading", { name: "Visitors" })).toBeVisible();
  await expect(region.getByRole("heading", { name: "Links clicked" })).toBeVisible();
  await expect(chart(page).getByRole("columnheader", { name: "Compared with" })).toBeAttached();
  await expect(row(page, "Country", "Germany")).toContainText(/\+\d+, before 0/);
  // Only the comparison has it.
  await expect(row(page, "Country", "France")).toContainText("−100");
});

test("nothing is called growth over a time before the first click", async ({ page }) => {
  await visit(page, `${HOME}&interval=90d&compare=previous`);
  await expect(page.getByRole("region", { name: "Clicks", exact: true }).getByText(/^No data before /)).toBeVisible();
  await expect(row(page, "Country", "Germany")).not.toContainText("before");
  await expect(page.getByRole("link", { name: "Download CSV: Countries" })).not.toHaveAttribute("href", /compare/);
  await page.goto(`${HOME}&start=${dateAgo(100)}&end=${dateAgo(80)}`);
  await expect(chart(page).getByRole("row").nth(1)).toContainText("no data yet");
});

test("weekdays are matched by a switch, and any days can be compared", async ({ page }) => {
  await page.goto(`${HOME}&interval=yesterday&compare=previous`);
  await page.getByRole("button", { name: "vs previous period" }).click();
  await page.getByRole("link", { name: /^Match weekdays/ }).click();
  await expect(page).toHaveURL(/compareAlign=weekday/);
  await page.getByRole("button", { name: "vs previous period" }).click();
  await expect(page.getByRole("link", { name: /^Match weekdays/ })).toHaveAttribute("aria-current", "true");
  await page.getByLabel("Compare from").fill(dateAgo(20));
  await page.getByLabel("Compare to").fill(dateAgo(19));
  await page.getByRole("button", { name: "Compare with these days" }).click();
  await expect(page).toHaveURL(new RegExp(`compare=custom.*compareStart=${dateAgo(20)}&compareEnd=${dateAgo(19)}`));
  await expect(page.getByRole("region", { name: "Clicks" })).toContainText(`from ${2 * A_DAY}`);
});

test("granularities are those that suit the range", async ({ page }) => {
  const offered = page.getByRole("navigation", { name: "Granularity" }).getByRole("link");
  await page.goto(`${HOME}&interval=today`);
  await expect(offered).toHaveText(["15 min", "Hours"]);
  await visit(page, `${HOME}&interval=30d`);
  await expect(offered).toHaveText(["Days", "Weeks"]);
  await offered.getByText("Weeks").click();
  await expect(page).toHaveURL(/granularity=week/);
  await rangeButton(page).click();
  await page.getByRole("link", { name: "Last 90 days" }).click();
  await expect(page).toHaveURL(/interval=90d/);
  await expect(page).toHaveURL(/granularity=week/);
});

testEveryLook("ranges and comparisons are accessible and fit", async (page) => {
  await page.goto(`${HOME}&compare=previous`);
  await expectSound(page);
  await rangeButton(page).click();
  await expect(page.getByRole("grid")).toBeVisible();
  await expectSound(page);
  const panel = await page.getByRole("dialog", { name: "Choose a range" }).boundingBox();
  const width = page.viewportSize()?.width ?? 0;
  expect(panel && panel.x >= 0 && panel.x + panel.width <= width).toBe(true);
  await page.keyboard.press("Escape");
  const more = page.getByRole("button", { name: "More", exact: true });
  if (await more.isVisible()) await more.click();
  await page.getByRole("button", { name: "vs previous period" }).click();
  await expect(page.getByRole("link", { name: /^Match weekdays/ })).toBeVisible();
  await expectSound(page);
});
