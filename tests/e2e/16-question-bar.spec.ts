import { expect, type Page } from "@playwright/test";
import { OWNER, signIn, visit } from "../setup/e2e";
import { OWN, sendFilterClicks, total } from "../setup/e2e-filters";
import { emptied } from "../setup/emptied";
import { test } from "../setup/installation";
import { expectSound } from "../setup/looks";

/** Chromium's shifts of the layout that the reader didn't cause. */
const shifts = (page: Page) =>
  page.evaluate(() => {
    type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean };
    return new Promise<number>((resolve) => {
      const sum = (entries: PerformanceEntryList) =>
        (entries as Shift[]).filter((entry) => !entry.hadRecentInput).reduce((all, { value }) => all + value, 0);
      new PerformanceObserver((list) => resolve(sum(list.getEntries()))).observe({
        type: "layout-shift",
        buffered: true,
      });
      // Without a shift there is no entry to be told of.
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)));
    });
  });

const PHONE = { width: 390, height: 844 };
const THREE = `/?${OWN}&country=US,DE&os=iOS&referer.contains=o`;

test.use({ timezoneId: "UTC" });

test.beforeAll(emptied);

test.beforeAll(sendFilterClicks);

test.beforeEach(({ page }) => signIn(page));

test("the question and its total stay in sight, and its parts are changed there", async ({ page }) => {
  await visit(page, `/?${OWN}&country=DE&compare=previous`);
  const bar = page.getByRole("search", { name: "Question" });
  await expect(bar.getByRole("paragraph").first()).toHaveText("5 clicks");
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await expect(page.getByRole("heading", { name: "All links" })).not.toBeInViewport();
  await expect(bar).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("f");
  await page.getByRole("combobox").fill("ios");
  await expect(page.getByRole("option", { name: "iOS" })).toBeVisible();
  await page.keyboard.press("Escape");
  await bar.getByRole("link", { name: "Remove filter Country is Germany" }).click();
  await expect(bar.getByRole("paragraph").first()).toHaveText("11 clicks");
  await bar.getByRole("button", { name: "Bots included" }).click();
  await page.getByRole("link", { name: "Only bots" }).click();
  await expect(bar.getByRole("paragraph").first()).toHaveText("0 clicks");
});

for (const path of ["/links", "/events", "/compare"]) {
  test(`the same sentence stands on ${path}, and nothing moves`, async ({ page }) => {
    await visit(page, `${path}?${OWN}&country=US`);
    await expect(page.getByRole("search", { name: "Question" }).getByRole("paragraph").first()).toHaveText("3 clicks");
    await expect(page.getByRole("button", { name: "Edit filter Country is United States" })).toBeVisible();
    expect(await shifts(page)).toBeLessThanOrEqual(0.02);
  });
}

test("a phone shows the number before anything else, and the controls in two sheets", async ({ page }) => {
  await page.setViewportSize(PHONE);
  await visit(page, THREE);
  await expect(total(page)).toHaveText("5");
  const box = await total(page).boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(300);
  expect(await shifts(page)).toBeLessThanOrEqual(0.02);
  await page.getByRole("button", { name: "Filters 4" }).click();
  await page.getByRole("link", { name: "Remove filter System is iOS" }).click();
  await expect(page.getByRole("button", { name: "Filters 3", includeHidden: true })).toBeAttached();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "More" }).click();
  await expectSound(page);
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "Compare with" })).toBeVisible();
});

test("links and referers come first, three cards stand in a row, and a bar is the share of all clicks", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await visit(page, `/?${OWN}`);
  const cards = ["Link", "Referer", "Country", "Map"].map((name) => page.getByRole("region", { name, exact: true }));
  const boxes = await Promise.all(cards.map((card) => card.boundingBox()));
  const [links, referers, countries, map] = boxes.map((box) => ({ x: box?.x ?? 0, y: box?.y ?? 0 }));
  expect([referers?.y, countries?.y]).toEqual([links?.y, links?.y]);
  expect([links?.x, referers?.x, countries?.x]).toEqual(
    [links?.x, referers?.x, countries?.x].toSorted((a = 0, b = 0) => a - b),
  );
  expect(map?.y).toBeGreaterThan(links?.y ?? 0);
  const germany = page
    .getByRole("region", { name: "Country", exact: true })
    .getByRole("listitem")
    .filter({ hasText: "Germany" });
  const bar = await germany
    .getByRole("link")
    .first()
    .evaluate((link) => Number.parseFloat(getComputedStyle(link, "::before").width) / link.clientWidth);
  expect(bar).toBeCloseTo(5 / 11, 2);
});

test("a question that finds nothing says which change would find clicks, once", async ({ page }) => {
  await visit(page, `/?${OWN}&country=FR&os=iOS`);
  const empty = page.getByRole("region", { name: "No clicks" });
  await expect(empty.getByRole("listitem")).toHaveText([
    "Without “Country is France”7 clicks",
    "Without “System is iOS”3 clicks",
  ]);
  await expect(page.getByRole("region", { name: "Referer" })).toBeHidden();
  await expectSound(page);
  await empty.getByRole("link", { name: /Without “System is iOS”/ }).click();
  await expect(total(page)).toHaveText("3");
  await expect(empty).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Referer" })).toBeVisible();
});

test("a range without clicks leads to the nearest one that has some", async ({ page }) => {
  await visit(page, "/?title.contains=Filters:&start=2026-01-01&end=2026-01-31");
  await page.getByRole("link", { name: /^Nearest clicks: / }).click();
  await expect(total(page)).toHaveText(/^(\d|1[01])$/);
  await expect(total(page)).not.toHaveText("0");
});

test("filters that exclude every click together are removed together", async ({ page }) => {
  await visit(page, "/?title.contains=Nowhere&country=AQ");
  await page.getByRole("link", { name: "Remove all filters" }).click();
  await expect(page).toHaveURL((url) => !url.searchParams.has("country") && !url.searchParams.has("title.contains"));
  await expect(total(page)).toHaveText("11");
});

test("the palette filters by a value that is typed", async ({ page }) => {
  await visit(page, `/?${OWN}`);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /^Search links, values/ }).fill("germany");
  await expect(page.getByRole("group", { name: "Country is" }).getByRole("option")).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/country=DE/);
  await expect(total(page)).toHaveText("5");
});

test("a menu of somebody who was signed out leads to the sign-in and back", async ({ page, context }) => {
  await visit(page, `/?${OWN}&country=DE`);
  await context.clearCookies();
  await page.keyboard.press("f");
  await page.getByRole("combobox").fill("germany");
  await page.getByRole("link", { name: "Sign in and come back here" }).click();
  await page.getByLabel(/e-?mail/i).fill(OWNER.email);
  await page.getByLabel(/password/i).fill(OWNER.password);
  await page.getByRole("button", { name: /sign in/i }).click();
  await expect(page).toHaveURL(/country=DE/);
  await expect(total(page)).toHaveText("5");
});

test.describe("with a finger", () => {
  test.use({ hasTouch: true });

  test("the first touch of a country says its clicks, the second filters", async ({ page }) => {
    await page.setViewportSize(PHONE);
    await visit(page, `/?${OWN}`);
    const germany = page.getByRole("region", { name: "Map" }).getByRole("link", { name: /^Germany/ });
    await germany.scrollIntoViewIfNeeded();
    const box = await germany.boundingBox();
    if (!box) throw new Error("Germany isn't drawn");
    // A finger doesn't hit exactly.
    const finger = [box.x + box.width / 2 + 6, box.y + box.height / 2 + 6] as const;
    await page.touchscreen.tap(...finger);
    await expect(page.getByText("Tap again to filter")).toBeVisible();
    await expect(page).not.toHaveURL(/country/);
    await page.touchscreen.tap(...finger);
    await expect(page).toHaveURL(/country=DE/);
  });
});
