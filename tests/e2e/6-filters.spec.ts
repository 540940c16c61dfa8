import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "../setup/axe";
import { holdBack, lock, signIn, visit } from "../setup/e2e";
import { dialog, LINKS, OWN, sendFilterClicks, total } from "../setup/e2e-filters";
import { emptied } from "../setup/emptied";
import { test } from "../setup/installation";
import { expectSound, testEveryLook } from "../setup/looks";

// The reader's zone is put into addresses, but for this one.
test.use({ timezoneId: "UTC" });

test.beforeAll(emptied);

test.beforeAll(sendFilterClicks);

test.beforeEach(async ({ page }) => {
  await signIn(page);
});

const value = (page: Page, name: RegExp) => dialog(page).getByRole("checkbox", { name });
const edit = (page: Page, words: string) => page.getByRole("button", { name: `Edit filter ${words}` });

async function openMenu(page: Page): Promise<void> {
  await page.keyboard.press("f");
  await expect(page.getByRole("combobox", { name: "Search properties and values" })).toBeFocused();
}

test("the keyboard alone makes a filter: F, a property, a value, apply", async ({ page }) => {
  await visit(page, `/?${OWN}`);
  await expect(total(page)).toHaveText("11");
  await openMenu(page);
  await page.keyboard.type("countr");
  await expect(dialog(page).getByRole("option", { name: "Country" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByRole("textbox", { name: "Search Countries" })).toBeFocused();
  await expect(value(page, /Germany.*5.*45/)).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(value(page, /Germany/)).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/country=DE,(FR|US)/);
  await expect(total(page)).toHaveText("8");
  await expect(dialog(page)).toHaveCount(0);
});

test("typing finds real values with their clicks, and one is enough", async ({ page }) => {
  await visit(page, `/?${OWN}`);
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("combobox", { name: "Search properties and values" }).fill("windo");
  const found = dialog(page).getByRole("group", { name: "System is" }).getByRole("option", { name: "Windows" });
  await expect(found).toContainText("3");
  await found.click();
  await expect(value(page, /Windows/)).toBeChecked();
  await dialog(page).getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/os=Windows/);
  await expect(total(page)).toHaveText("3");
});

test("a chip is edited in place: its own values stay, the operator changes, nothing ticked removes it", async ({
  page,
}) => {
  await visit(page, `/?${OWN}&country=DE&os=iOS`);
  await expect(total(page)).toHaveText("5");
  await edit(page, "Country is Germany").click();
  // Counted under the other filters: those of France have another system.
  await expect(value(page, /Germany.*5/)).toBeChecked();
  await expect(value(page, /United States.*2/)).not.toBeChecked();
  await expect(value(page, /France/)).toHaveCount(0);
  await value(page, /United States/).check();
  await dialog(page).getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/country=DE,US&os=iOS/);
  await expect(total(page)).toHaveText("7");
  await edit(page, "Country is Germany or United States").click();
  await dialog(page).getByLabel("Operator").selectOption("is not");
  await expect(value(page, /Germany/)).toBeChecked();
  await dialog(page).getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/country=-DE,US/);
  await expect(total(page)).toHaveText("0");
  await edit(page, "Country is not Germany or United States").click();
  await dialog(page).getByRole("button", { name: "Deselect all" }).click();
  await dialog(page).getByRole("button", { name: "Remove filter" }).click();
  await expect(page).not.toHaveURL(/country/);
  await expect(total(page)).toHaveText("7");
});

test("what is ticked stays in sight when it has no clicks, and when something else is searched for", async ({
  page,
}) => {
  await visit(page, `/?${OWN}&os=Windows&country=DE`);
  await edit(page, "Country is Germany").click();
  await expect(value(page, /^Germany/)).toBeChecked();
  await expect(value(page, /France.*3/)).not.toBeChecked();
  await dialog(page).getByRole("textbox", { name: "Search Countries" }).fill("fran");
  await expect(value(page, /^Germany/)).toBeChecked();
  await dialog(page).getByRole("textbox", { name: "Search Countries" }).fill("atlantis");
  await expect(dialog(page).getByText("No matching values.")).toBeVisible();
});

test("parts of text are typed, several of them", async ({ page }) => {
  await visit(page, `/?${OWN}`);
  await openMenu(page);
  await page.keyboard.type("referer");
  await dialog(page).getByRole("option", { name: "Referer", exact: true }).click();
  await dialog(page).getByLabel("Operator").selectOption("contains");
  const input = dialog(page).getByRole("textbox", { name: "Part of Referer, ignoring case" });
  await input.fill("GOOGLE");
  await dialog(page).getByRole("button", { name: "or another" }).click();
  await input.fill("t.c");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/referer\.contains=GOOGLE,t\.c/);
  await expect(total(page)).toHaveText("9");
  await expect(edit(page, "Referer contains “GOOGLE” or “t.c”")).toBeVisible();
  await edit(page, "Referer contains “GOOGLE” or “t.c”").click();
  await dialog(page).getByRole("button", { name: "Remove “t.c”" }).click();
  await dialog(page).getByLabel("Operator").selectOption("does not contain");
  await dialog(page).getByRole("button", { name: "Apply" }).click();
  await expect(total(page)).toHaveText("3");
});

test("no value is asked for by its own operator", async ({ page }) => {
  await visit(page, `/?${OWN}`);
  await openMenu(page);
  await page.keyboard.type("referer");
  await dialog(page).getByRole("option", { name: "Referer", exact: true }).click();
  await dialog(page).getByLabel("Operator").selectOption("is empty");
  await dialog(page).getByRole("button", { name: "Apply" }).click();
  await expect(total(page)).toHaveText("2");
  await edit(page, "Referer is (direct)").click();
  await dialog(page).getByLabel("Operator").selectOption("is not empty");
  await dialog(page).getByRole("button", { name: "Apply" }).click();
  await expect(total(page)).toHaveText("9");
});

test("“or…” makes an alternative that reads as a sentence, and its parts can be edited and taken away", async ({
  page,
}) => {
  await visit(page, `/?${OWN}&country=FR`);
  await page.getByRole("button", { name: "Add an alternative to Country is France" }).click();
  await expect(dialog(page).getByText("Country is France, or …")).toBeVisible();
  await page.keyboard.type("android");
  await dialog(page).getByRole("group", { name: "System is" }).getByRole("option", { name: "Android" }).click();
  await dialog(page).getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/any\.country=FR&any\.os=Android/);
  await expect(total(page)).toHaveText("4");
  await expect(page.getByRole("listitem").filter({ hasText: "Country is France, or System is Android" })).toBeVisible();
  await edit(page, "System is Android").click();
  await value(page, /iOS/).check();
  await dialog(page).getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/any\.country=FR&any\.os=Android,iOS/);
  await expect(total(page)).toHaveText("11");
  await edit(page, "Country is France").click();
  await dialog(page).getByRole("button", { name: "Deselect all" }).click();
  await dialog(page).getByRole("button", { name: "Remove filter" }).click();
  await expect(page).toHaveURL(/&os=Android,iOS/);
  await expect(total(page)).toHaveText("8");
});

test("Esc closes an open menu and nothing else; all filters are cleared by a link, which keeps the dates", async ({
  page,
}) => {
  await visit(page, "/?interval=all&country=DE&contry=1&any.os=iOS&any.os=Android");
  await expect(edit(page, "Country is Germany")).toBeVisible();
  await openMenu(page);
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await expect(page).toHaveURL(/country=DE/);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/country=DE/);
  await page.getByRole("link", { name: "Clear all" }).click();
  await expect(page).toHaveURL(/\/\?interval=all$/);
  await expect(page.getByRole("button", { name: /Edit filter/ })).toHaveCount(0);
});

test("keys mean nothing else while somebody types", async ({ page }) => {
  await visit(page, `/links?${OWN}`);
  await page.getByLabel("Search links").pressSequentially("fv?");
  await expect(page.getByLabel("Search links")).toHaveValue("fv?");
  await expect(dialog(page)).toHaveCount(0);
});

test("when the server does not answer the menu says so, and tries again", async ({ page }) => {
  await visit(page, `/?${OWN}&country=DE`);
  await page.route("**/api/values/**", (route) => route.abort());
  await edit(page, "Country is Germany").click();
  await expect(dialog(page).getByRole("alert")).toContainText("The server isn’t responding.");
  await page.unroute("**/api/values/**");
  await dialog(page).getByRole("button", { name: "Try again" }).click();
  await expect(value(page, /Germany.*5/)).toBeChecked();
});

test("while values are on their way that is said legibly, and the page's numbers stay as they are", async ({
  page,
}) => {
  // Where the menu is the whole screen, axe is sure of every background.
  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, `/?${OWN}&country=DE`);
  const answer = await holdBack(page, "**/api/values/**");
  await page.getByRole("button", { name: /^Filters/ }).click();
  await edit(page, "Country is Germany").click();
  await expect(dialog(page).getByRole("status")).toHaveText("Loading…");
  await expectAccessible(page);
  await expect(page.locator("main [data-numbers]").first()).toHaveCSS("opacity", "1");
  answer();
  await expect(value(page, /Germany.*5/)).toBeChecked();
});

test("numbers that take their time hold up nothing else; after a change the old ones stay until then", async ({
  page,
}) => {
  const waiting = page.getByRole("status").filter({ hasText: "Loading the totals" });
  const numbers = page.locator("main [data-numbers]").first();
  const arrive = await lock("click");
  await page.goto(`/links/${LINKS.autumn.id}?interval=all`, { waitUntil: "commit" });
  await expect(waiting).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await arrive();
  await expect(total(page)).toHaveText("3");
  await expect(waiting).toHaveCount(0);
  const row = page.getByRole("region", { name: "Referer" }).getByRole("link", { name: /^t\.co/ });
  await expect(row).toBeVisible();
  const arriveAgain = await lock("click");
  await row.click();
  await expect(numbers).toHaveCSS("opacity", "0.5");
  await expect(total(page)).toHaveText("3");
  await expect(waiting).toHaveCount(0);
  await arriveAgain();
  await expect(total(page)).toHaveText("1");
  await expect(numbers).toHaveCSS("opacity", "1");
});

test("on a link's own page values are those of the link", async ({ page }) => {
  await visit(page, `/links/${LINKS.autumn.id}?interval=all`);
  await openMenu(page);
  await expect(dialog(page).getByRole("option", { name: "Link title" })).toHaveCount(0);
  await page.keyboard.type("country");
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByRole("checkbox")).toHaveCount(1);
  await expect(value(page, /United States.*3.*100/)).toBeVisible();
});

testEveryLook("the menus are accessible and fit", async (page) => {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  await visit(page, `/?${OWN}&any.country=DE,FR&any.os=iOS&referer.contains=o`);
  await expectSound(page);
  const check = async () => {
    await expect(dialog(page)).toBeVisible();
    await expectSound(page);
    const box = await dialog(page).boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= width, "fits beside").toBe(true);
    expect(box && box.y >= 0 && box.y + box.height <= height, "fits below").toBe(true);
    if (width < 640) expect(box).toEqual({ x: 0, y: 0, width, height });
    await page.keyboard.press("Escape");
    await expect(dialog(page)).toHaveCount(0);
  };
  await openMenu(page);
  await page.keyboard.type("germ");
  await expect(
    dialog(page)
      .getByRole("option", { name: /Germany/ })
      .first(),
  ).toBeVisible();
  await check();
  await edit(page, "Country is Germany or France").click();
  await expect(value(page, /Germany/)).toBeChecked();
  await check();
  await edit(page, "Referer contains “o”").click();
  await check();
  // On a phone these stand in sheets, which take the keys while they are open.
  const closeSheet = async () => (width < 640 ? page.keyboard.press("Escape") : undefined);
  await closeSheet();
  await page.keyboard.press("v");
  await expect(dialog(page).getByText("No views yet.")).toBeVisible();
  await check();
  await closeSheet();
  await page.keyboard.press("Control+k");
  await expect(dialog(page).getByRole("group", { name: "Links" })).toBeVisible();
  await check();
  await page.keyboard.press("?");
  await check();
});
