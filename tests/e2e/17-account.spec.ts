import { expect } from "@playwright/test";
import { expectAccessible } from "../setup/axe";
import { OWNER, serverUrl, visit } from "../setup/e2e";
import { test } from "../setup/installation";
import { expectSound } from "../setup/looks";

const TOKEN = "a-token-for-the-set-up";
const NEW_PASSWORD = "battery-staple-correct";

test.use({
  settings: {
    ...{ ADMIN_EMAIL: "", ADMIN_PASSWORD: "", DUB_WEBHOOK_SECRET: "", DEFAULT_BOTS: "" },
    SETUP_TOKEN: TOKEN,
  },
});
test.use({ timezoneId: "America/New_York" });

test("an owner fills an empty installation, changes preferences and password, and removes the demo", async ({
  page,
  browser,
}) => {
  // A machine that is busy with something else stores twelve thousand clicks slowly.
  test.slow();
  await page.goto(`/setup?token=${TOKEN}`);
  await page.getByLabel("Email").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByLabel("Confirm password").fill(OWNER.password);
  await page.getByRole("button", { name: "Create account" }).click();

  await test.step("demo clicks", async () => {
    await expect(page.getByRole("heading", { name: "Waiting for the first click" })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Fill with demo clicks" }).click();
    await expect(page.getByRole("progressbar", { name: "Demo clicks added" })).toBeVisible();
    await expectAccessible(page);
    await expect(page.getByText("Demo clicks count in these figures.")).toBeVisible({ timeout: 240_000 });
    await expect(page).toHaveURL(/timezone=America%2FNew_York&bots=exclude/);
    await expect(page.getByRole("button", { name: "Bots excluded" })).toBeVisible();
  });

  await test.step("preferences hold on every device", async () => {
    await visit(page, "/settings");
    await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
    await page.getByLabel("Weeks start on").selectOption("sunday");
    await page.getByLabel("Clicks by bots").selectOption("include");
    await page.getByRole("button", { name: "Save preferences" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expect(page.getByText(/Times are in .*Tokyo/)).toBeVisible();
    await expectSound(page);
    const device = await browser.newContext({ baseURL: serverUrl(), timezoneId: "Europe/Berlin" });
    const other = await device.newPage();
    await other.goto("/login?next=/links");
    await other.getByLabel("Email").fill(OWNER.email);
    await other.getByLabel("Password").fill(OWNER.password);
    await other.getByRole("button", { name: "Sign in" }).click();
    await expect(other).toHaveURL(/\/links\?timezone=Asia%2FTokyo&weekStart=sunday$/);

    // From a page that knows no weeks, and by the address alone.
    await other.goto("/settings");
    await other.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Overview" }).click();
    await expect(other).toHaveURL(/weekStart=sunday/);
    await other.goto("/");
    const days = other.getByRole("region", { name: "Hours and weekdays" }).getByRole("rowheader");
    await expect(days.first()).toHaveText("Sun");
    const range = other.getByRole("group", { name: "Range", exact: true });
    await range.getByRole("button").click();
    await expect(other.getByRole("grid").locator("th").first()).toHaveText("Su");
    await other.getByRole("link", { name: "Last week", exact: true }).click();
    await expect(other).toHaveURL(/weekStart=sunday&interval=lastWeek/);
    // Whole weeks of Tokyo, which has no summer time.
    const sunday = new Date(Date.now() + 9 * 60 * 60 * 1000);
    sunday.setUTCDate(sunday.getUTCDate() - sunday.getUTCDay() - 7);
    await expect(range.getByRole("button")).toHaveAttribute("title", new RegExp(`^${sunday.getUTCDate()}\\b`));

    await page.getByRole("button", { name: "Change password" }).click();
    const [current, fresh] = [page.getByLabel("Current password"), page.getByLabel("New password")];
    await current.fill("not the password");
    await fresh.fill("short");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(fresh).toHaveAccessibleDescription("Use at least 8 characters.");
    await fresh.fill(NEW_PASSWORD);
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(current).toHaveAccessibleDescription("This isn’t your current password.");
    await expectSound(page);
    await current.fill(OWNER.password);
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("Password changed. Other devices were signed out.")).toBeVisible();
    await other.goto("/");
    await expect(other).toHaveURL(/\/login/);
    await device.close();
  });

  await test.step("the demo goes again", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/");
    await page.getByRole("link", { name: "Remove them in Settings" }).click();
    await page.getByRole("button", { name: "Remove demo clicks" }).click();
    await expect(page.getByText("Remove 12,000 demo clicks and 12 demo links?")).toBeVisible();
    await expectSound(page);
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await expect(page.getByText("Removed 12,000 demo clicks and 12 demo links.")).toBeVisible({ timeout: 60_000 });
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "Waiting for the first click" })).toBeVisible();
  });
});
