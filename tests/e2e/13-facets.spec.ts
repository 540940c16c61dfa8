import { expect, type Page } from "@playwright/test";
import { signIn, visit } from "../setup/e2e";
import { LINKS, OWN, sendFilterClicks, total } from "../setup/e2e-filters";
import { emptied } from "../setup/emptied";
import { test } from "../setup/installation";

// The reader's zone is put into addresses, but for this one.
test.use({ timezoneId: "UTC" });

test.beforeAll(emptied);

test.beforeAll(sendFilterClicks);

test.beforeEach(({ page }) => signIn(page));

const country = (page: Page, name: string) =>
  page.getByRole("region", { name: "Country", exact: true }).getByRole("listitem").filter({ hasText: name });
const rowLink = (page: Page, name: string) => country(page, name).getByRole("link", { name: new RegExp(`^${name}`) });

test("a card keeps all its values: one is chosen, others are added, swapped and excluded where they stand", async ({
  page,
}) => {
  await visit(page, `/?${OWN}`);
  await rowLink(page, "Germany").click();
  await expect(total(page)).toHaveText("5");
  await expect(rowLink(page, "Germany")).toHaveAttribute("aria-current", "true");
  await expect(rowLink(page, "France")).toContainText("27.3");
  await country(page, "France").hover();
  await page.getByRole("link", { name: "Add France" }).click();
  await expect(page).toHaveURL(/country=DE,FR/);
  await expect(total(page)).toHaveText("8");
  const csv = page.getByRole("link", { name: "Download CSV: Countries" });
  await expect(csv).toHaveAttribute("href", /facets=true/);
  const file = await page.request.get((await csv.getAttribute("href")) ?? "");
  expect((await file.text()).trim().split(/\r?\n/)).toHaveLength(4);
  await rowLink(page, "Germany").click();
  await expect(page).toHaveURL(/country=FR(&|$)/);
  await rowLink(page, "United States").click();
  await expect(page).toHaveURL(/country=US(&|$)/);
  await rowLink(page, "United States").click();
  await expect(page).not.toHaveURL(/country/);
  await rowLink(page, "France").click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(/country=FR(&|$)/);
  await rowLink(page, "Germany").hover();
  await expect(page.getByRole("link", { name: "Add Germany" })).toBeVisible();
  await rowLink(page, "Germany").click({ modifiers: ["ControlOrMeta"] });
  await expect(page).toHaveURL(/country=FR,DE(&|$)/);
  // One after the other, before the page with the first has come.
  await rowLink(page, "France").click();
  await expect(page).toHaveURL(/country=DE(&|$)/);
  await rowLink(page, "Germany").click();
  await expect(page).not.toHaveURL(/country/);
  await rowLink(page, "France").click({ modifiers: ["Shift"], noWaitAfter: true });
  await rowLink(page, "Germany").click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(/country=FR,DE(&|$)/);
  await expect(rowLink(page, "Germany")).toHaveAttribute("aria-current", "true");
  // What was taken back by going back isn't added again.
  await page.goBack();
  await expect(page).not.toHaveURL(/DE/);
  await rowLink(page, "United States").click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(/country=(FR,)?US$/);
  await visit(page, `/?${OWN}&country=FR,DE`);
  await rowLink(page, "Germany").hover();
  await page.getByRole("link", { name: "See clicks: Germany" }).click();
  await expect(page).toHaveURL(/\/events\?.*country=DE(&|$)/);
  await page.goBack();
  await rowLink(page, "France").click();
  await expect(page).toHaveURL(/country=DE(&|$)/);
  await expect(rowLink(page, "France")).not.toHaveAttribute("aria-current");
  await rowLink(page, "Germany").click();
  await expect(page).not.toHaveURL(/country/);
  await rowLink(page, "Germany").focus();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Exclude Germany" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/country=-DE/);
  await expect(total(page)).toHaveText("6");
  await expect(country(page, "Germany")).toContainText("excluded");
});

test("resting on a row shows what the total would be, and nothing for who wants less motion", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await visit(page, `/?${OWN}`);
  await country(page, "Germany").hover();
  await expect(page.getByText("Germany: 5", { exact: true })).toBeVisible();
  await page.mouse.move(0, 0);
  await expect(page.getByText("Germany: 5", { exact: true })).toHaveCount(0);
});

test("the question goes along from page to page, by key too", async ({ page }) => {
  await visit(page, `/?${OWN}&country=DE&compare=previous`);
  await page.keyboard.press("3");
  await expect(page).toHaveURL(/\/events\?.*country=DE/);
  await page.waitForLoadState("networkidle");
  await page.keyboard.press("2");
  await expect(page).toHaveURL(/\/links\?.*country=DE/);
  await expect(page.getByRole("table").getByRole("row").filter({ hasText: LINKS.spring.key })).toContainText("5");
  await page.goto(`/links/${LINKS.autumn.id}?interval=all`);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Events" }).click();
  await expect(page).toHaveURL(new RegExp(`linkId=${LINKS.autumn.id}`));
});
