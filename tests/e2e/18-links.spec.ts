import { expect, type Page } from "@playwright/test";
import { clickPayload } from "../factory";
import { deliver, serverUrl, signIn, visit } from "../setup/e2e";
import { emptied } from "../setup/emptied";
import { test } from "../setup/installation";
import { expectSound } from "../setup/looks";

const DAY = 86_400_000;
/** Link 0 has most clicks, so that the list is in the order of numbers. */
const LINKS = Array.from({ length: 8 }, (_, index) => ({ id: `link_list_${index}`, key: `list-${index}` }));

const bar = (page: Page) => page.getByRole("form", { name: "Selected links" });
const box = (page: Page, index: number) =>
  page.getByRole("checkbox", { name: `Select go.example.com/list-${index}`, exact: true });
const all = (page: Page) => page.getByRole("checkbox", { name: "Select all links on this page" });
const ticked = (page: Page) => page.locator("tbody").getByRole("checkbox", { checked: true });

test.describe.configure({ mode: "serial" });

test.beforeAll(emptied);

test.beforeAll(async () => {
  const now = Date.now();
  const send = (index: number, nth: number, ago: number, country: string) =>
    deliver(
      clickPayload({
        click: { id: `list_${index}_${nth}`, timestamp: new Date(now - ago).toISOString(), country },
        link: { ...LINKS[index], domain: "go.example.com", shortLink: `https://go.example.com/list-${index}` },
      }),
    );
  const answers = await Promise.all([
    ...LINKS.flatMap((_, index) => Array.from({ length: 8 - index }, (_, nth) => send(index, nth, nth * 1_000, "DE"))),
    // A lot before: what link 7 lost is more than chance. The oldest makes the comparison's days known.
    ...Array.from({ length: 12 }, (_, nth) => send(7, 100 + nth, 9 * DAY + nth * 1_000, "FR")),
    send(6, 200, 20 * DAY, "FR"),
  ]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
});

test.beforeEach(async ({ page }) => signIn(page));

test("links are selected one by one, as a range, all at once, and cleared", async ({ page }) => {
  await visit(page, "/links?interval=7d");
  await expect(bar(page)).toBeHidden();
  await box(page, 1).check();
  await expect(bar(page).getByRole("status")).toHaveText("1 selected");
  expect(await all(page).evaluate((input: HTMLInputElement) => input.indeterminate)).toBe(true);
  await box(page, 4).click({ modifiers: ["Shift"] });
  await expect(bar(page).getByRole("status")).toHaveText("4 selected");
  await expect(box(page, 3)).toBeChecked();
  await expect(box(page, 5)).not.toBeChecked();
  await expect(bar(page).getByRole("button", { name: "Compare links" })).toBeEnabled();
  await all(page).click();
  await expect(bar(page).getByRole("status")).toHaveText("8 selected");
  await expect(bar(page).getByRole("button", { name: "Compare links" })).toBeDisabled();
  await expect(bar(page).getByText("You can compare up to 6 links at once.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(bar(page)).toBeHidden();
  await expect(ticked(page)).toHaveCount(0);
  await box(page, 0).check();
  await bar(page).getByRole("button", { name: "Clear selection" }).click();
  await expect(ticked(page)).toHaveCount(0);
});

test("selected links are shown with the same question", async ({ page }) => {
  await visit(page, "/links?interval=7d&country=DE&timezone=Asia/Tokyo&sort=name&q=list");
  await box(page, 0).check();
  await box(page, 2).check();
  await bar(page).getByRole("button", { name: "Show clicks" }).click();
  await expect(page).toHaveURL((url) => url.pathname === "/" && !url.searchParams.has("sort"));
  const { searchParams } = new URL(page.url());
  expect(Object.fromEntries(searchParams)).toEqual({
    interval: "7d",
    country: "DE",
    timezone: "Asia/Tokyo",
    linkId: "link_list_0,link_list_2",
  });
  await expect(page.getByRole("region", { name: "Clicks" }).getByRole("paragraph").first()).toHaveText("14");
});

test("without scripts the bar comes with the first tick, and no selection leads back to the list", async ({
  browser,
  page,
}) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const plain = await context.newPage();
  await plain.goto(`${serverUrl()}/links?interval=7d`);
  await expect(bar(plain)).toBeHidden();
  await box(plain, 3).check();
  await expect(bar(plain)).toBeVisible();
  await bar(plain).getByRole("button", { name: "Clear selection" }).click();
  await expect(bar(plain)).toBeHidden();
  await box(plain, 3).check();
  await bar(plain).getByRole("button", { name: "Compare links" }).click();
  await expect(plain).toHaveURL(/\/compare\?.*linkId=link_list_3/);
  await plain.goto(`${serverUrl()}/links/filter?interval=7d`);
  await expect(plain).toHaveURL(/\/links\?interval=7d$/);
  await context.close();
});

test("a change is coloured beyond chance, and lists sort by gains and losses", async ({ page }) => {
  await visit(page, "/links?interval=7d&compare=previous");
  const rows = page.locator("tbody").getByRole("row");
  const head = page.getByRole("columnheader", { name: "Change" });
  await head.getByRole("link").click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect(rows.first()).toContainText("list-0");
  await head.getByRole("link").click();
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await expect(rows.first()).toContainText("list-7");
  const changeOf = (name: string) => rows.filter({ hasText: name }).getByRole("cell").nth(5).locator("[title^=Before]");
  await expect(changeOf("list-7")).toHaveText("−92%, before 12");
  await expect(changeOf("list-7")).toHaveClass(/text-danger/);
  await expect(changeOf("list-6")).toHaveClass(/text-muted/);
  await visit(page, "/?interval=7d&compare=previous&show=links&by=loss");
  const listed = page.getByRole("dialog", { name: "Links" }).getByRole("listitem");
  await expect(listed.first()).toContainText("list-7");
  await expect(listed.first().getByRole("link").first()).toHaveAttribute("title", /^go\.example\.com\/list-7/);
});

test("the bar stands above a phone's navigation, and is sound in both themes", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, "/links?interval=7d");
  await all(page).click();
  const [own, navigation] = [
    await bar(page).boundingBox(),
    await page.getByRole("navigation", { name: "Main" }).last().boundingBox(),
  ];
  expect((own?.y ?? 0) + (own?.height ?? 0)).toBeLessThanOrEqual(navigation?.y ?? 0);
  await expectSound(page);
  await page.getByRole("navigation", { name: "Sort by" }).getByRole("link", { name: "Losses" }).click();
  await expect(page).toHaveURL(/sort=loss/);
});
