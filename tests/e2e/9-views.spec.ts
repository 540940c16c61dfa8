import { expect } from "@playwright/test";
import { lock, signIn, sql, visit } from "../setup/e2e";
import { dialog, LINKS, OWN, sendFilterClicks, total } from "../setup/e2e-filters";
import { emptied } from "../setup/emptied";
import { test } from "../setup/installation";
import { expectSound } from "../setup/looks";

// The reader's zone is put into addresses, but for this one.
test.use({ timezoneId: "UTC" });

test.beforeAll(emptied);

test.beforeAll(sendFilterClicks);

test.beforeEach(async ({ page }) => {
  await signIn(page);
});

test.afterEach(async ({ page }) => {
  const answer = await page.request.get("/api/views");
  // One test ends by signing out.
  const { views } = answer.ok() ? await answer.json() : { views: [] };
  for (const { id } of views) expect((await page.request.delete(`/api/views/${id}`)).status()).toBe(204);
});

test("a view is kept, opened, renamed, shared, updated and deleted", async ({ page }) => {
  const hostile = "<img src=x onerror=alert(1)> \u202Eevil";
  await visit(page, `/?${OWN}&country=DE`);
  await page.keyboard.press("v");
  await expect(dialog(page).getByText("No views yet.")).toBeVisible();
  await dialog(page).getByRole("textbox", { name: "View name" }).fill(hostile);
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByRole("link", { name: "<img src=x onerror=alert(1)> evil" })).toBeVisible();
  await dialog(page)
    .getByRole("button", { name: /^Change/ })
    .click();
  await dialog(page).getByRole("button", { name: "Rename" }).click();
  await dialog(page).getByRole("textbox", { name: "New name" }).fill("Germans");
  await page.keyboard.press("Enter");
  await dialog(page).getByRole("button", { name: "Change Germans" }).click();
  await dialog(page).getByRole("button", { name: "Share", exact: true }).click();
  await expect(dialog(page).getByRole("link", { name: "Germans (shared)" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Views: Germans" })).toBeVisible();

  await visit(page, `/?${OWN}&country=FR`);
  await page.getByRole("button", { name: "Views", exact: true }).click();
  await dialog(page).getByRole("button", { name: "Change Germans" }).click();
  await dialog(page).getByRole("button", { name: "Update to this page" }).click();
  await expect(dialog(page).getByRole("link", { name: /Germans/ })).toHaveAttribute("aria-current", "true");
  await visit(page, "/links");
  await page.getByRole("button", { name: "Views", exact: true }).click();
  await dialog(page)
    .getByRole("link", { name: /Germans/ })
    .click();
  await expect(page).toHaveURL(/\/\?.*country=FR/);
  await expect(total(page)).toHaveText("3");

  await page.keyboard.press("v");
  await dialog(page).getByRole("button", { name: "Change Germans" }).click();
  await dialog(page).getByRole("button", { name: "Delete" }).click();
  await expect(dialog(page).getByText("Delete “Germans” for everyone?")).toBeVisible();
  await dialog(page).getByRole("button", { name: "Keep" }).click();
  await dialog(page).getByRole("button", { name: "Delete" }).click();
  await dialog(page).getByRole("button", { name: "Delete" }).click();
  await expect(dialog(page).getByText("No views yet.")).toBeVisible();
});

test("the menu stays open when the name of the view comes after it", async ({ page }) => {
  const address = `/?${OWN}&country=DE`;
  await visit(page, address);
  await page.keyboard.press("v");
  await dialog(page).getByRole("textbox", { name: "View name" }).fill("Slow");
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByRole("link", { name: "Slow" })).toBeVisible();
  const release = await lock("saved_view");
  await page.goto(address, { waitUntil: "commit" });
  // The page is still on its way, and nothing says from when on it listens.
  await expect(async () => {
    await page.keyboard.press("v");
    await expect(dialog(page)).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(page.getByText("Views: Slow")).toHaveCount(0);
  await release();
  await expect(page.getByText("Views: Slow")).toHaveCount(1);
  await expect(dialog(page).getByRole("link", { name: "Slow" })).toBeVisible();
});

test("the overview opens with the view that is pinned, says so, and the plain one is a click away", async ({
  page,
}) => {
  await visit(page, `/?${OWN}&os=iOS`);
  await page.keyboard.press("v");
  await dialog(page).getByRole("textbox", { name: "View name" }).fill("Morning");
  await page.keyboard.press("Enter");
  await dialog(page).getByRole("button", { name: "Change Morning" }).click();
  await dialog(page).getByRole("button", { name: "Make my default" }).click();
  await expect(dialog(page).getByRole("link", { name: "Morning (your default view)" })).toBeVisible();
  await visit(page, "/");
  await expect(page).toHaveURL(/os=iOS/);
  await expect(total(page)).toHaveText("7");
  await expect(page.getByText("Your default view.")).toBeVisible();
  await page.getByRole("link", { name: "Plain overview" }).click();
  await expect(page).toHaveURL(/\/\?view=plain/);
  await expect(page.getByText("Your default view.")).toHaveCount(0);
  await visit(page, "/?interval=7d");
  await expect(page).toHaveURL(/\/\?interval=7d$/);
});

test("the palette goes to links, pages, ranges, and does what the page can do", async ({ page }) => {
  const palette = page.getByRole("combobox", { name: "Search links, values, pages, ranges, views and actions" });
  const go = async (words: string, name: RegExp) => {
    await page.keyboard.press("Control+k");
    await expect(palette).toBeFocused();
    await palette.fill(words);
    await expect(dialog(page).getByRole("option", { name }).first()).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
    await expect(dialog(page)).toHaveCount(0);
  };
  await visit(page, "/?interval=7d&country=DE");
  await go("filters: autumn", /filters-autumn/);
  await expect(page).toHaveURL(/\/links\/link_filters_autumn\?interval=7d&country=DE$/);
  await go("90 days", /Last 90 days/);
  await expect(page).toHaveURL(/\/links\/link_filters_autumn\?interval=90d&country=DE$/);
  await go("pages deliv", /Deliveries/);
  await expect(page).toHaveURL(/\/deliveries/);
  await visit(page, "/?interval=7d&country=DE&contry=1");
  await go("clear all", /Clear all filters/);
  await expect(page).toHaveURL(/\/\?interval=7d$/);
  await go("dark theme", /Dark theme/);
  await expect(page.locator("html")).toHaveCSS("color-scheme", "dark");
  await page.keyboard.press("Control+k");
  await palette.fill("export all");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  expect(download.suggestedFilename()).toMatch(/\.zip$/);
  await page.getByRole("button", { name: "Go to anything" }).click();
  await palette.fill("sign out");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/login/);
});

test("a question mark shows all keys", async ({ page }) => {
  await visit(page, "/");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" }).getByText("Add a filter")).toBeVisible();
  await page.keyboard.press("f");
  await expect(dialog(page)).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
});

test("a note stands on the charts by its day: added by key, changed, and deleted; a link's only on its own", async ({
  page,
}) => {
  const yesterday = new Date(Date.now() - 86_400_000);
  const words = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" }).format(yesterday);
  const marker = (name: RegExp | string) => page.getByRole("list", { name: "Notes" }).getByRole("button", { name });
  const add = page.getByRole("button", { name: "Add note to the chart" });
  await sql("delete from note");
  await visit(page, "/");
  await add.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Note" })).toBeFocused();
  await page.keyboard.type("Newsletter <b>12</b> sent");
  await dialog(page).getByLabel("Date").fill(yesterday.toISOString().slice(0, 10));
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toHaveCount(0);
  await expect(add).toBeFocused();
  const first = marker(`Note of ${words}: Newsletter <b>12</b> sent`);
  await expect(first).toBeVisible();

  await visit(page, "/");
  await page.keyboard.press("Tab");
  await first.focus();
  const hint = page.getByRole("list", { name: "Notes" }).getByText("Newsletter <b>12</b> sent");
  await expect(hint).toBeVisible();
  await expectSound(page);
  await page.keyboard.press("Enter");
  await dialog(page).getByRole("button", { name: "Edit" }).click();
  await dialog(page).getByRole("textbox", { name: "Note" }).fill("Letter sent");
  await dialog(page).getByLabel("Time (optional)").fill("09:30");
  await expectSound(page);
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(marker(`Note of ${words}, 09:30: Letter sent`)).toBeFocused();

  await visit(page, `/links/${LINKS.spring.id}?granularity=week`);
  await add.click();
  await page.getByRole("textbox", { name: "Note" }).fill("New poster");
  await dialog(page).getByLabel("Date").fill(yesterday.toISOString().slice(0, 10));
  await expect(dialog(page).getByLabel("Only for this link")).toBeChecked();
  await page.getByRole("textbox", { name: "Note" }).press("Enter");
  await expect(marker(/^2 notes: .*New poster; .*Letter sent$/)).toBeVisible();
  for (const path of ["/", `/links/${LINKS.autumn.id}`]) {
    await visit(page, path);
    await expect(marker(/Letter sent/)).toHaveAccessibleName(/Letter sent$/);
  }
  await visit(page, `/?linkId=${LINKS.spring.id}`);
  await marker(/^2 notes/).click();
  const item = dialog(page).getByRole("listitem").filter({ hasText: "New poster" });
  await item.getByRole("button", { name: "Delete" }).click();
  await item.getByRole("button", { name: "Delete" }).click();
  await expect(marker(/Letter sent/)).toHaveAccessibleName(/^Note of .*Letter sent$/);
  await expect(add).toBeFocused();
});
