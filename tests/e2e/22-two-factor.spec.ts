import { expect } from "@playwright/test";
import { expectAccessible } from "../setup/axe";
import { OWNER, serverUrl, signIn } from "../setup/e2e";
import { test } from "../setup/installation";
import { expectSound } from "../setup/looks";
import { totp } from "../setup/totp";

test("two-factor sign-in is turned on with an app, used, survived without it, and turned off", async ({
  page,
  browser,
}) => {
  await signIn(page);
  await page.goto("/settings");
  const card = page.getByRole("region", { name: "Two-factor sign-in" });
  await card.getByRole("button", { name: "Turn on" }).click();
  await card.getByLabel("Your password").fill("not it");
  await card.getByRole("button", { name: "Go on" }).click();
  await expect(card.getByText("This isn’t your current password.")).toBeVisible();
  await card.getByLabel("Your password").fill(OWNER.password);
  await card.getByRole("button", { name: "Go on" }).click();
  await expect(card.getByRole("img", { name: "QR code" })).toBeVisible();
  await expectSound(page);
  const secret = (await card.getByText(/^[A-Z2-7]{32,}$/).textContent()) ?? "";
  const [recovery = ""] = await card
    .getByRole("list", { name: "Recovery codes" })
    .getByRole("listitem")
    .allTextContents();
  await card.getByLabel("Code from your app").fill("000000");
  await card.getByRole("button", { name: "Turn on" }).click();
  await expect(card.getByText(/^Wrong code/)).toBeVisible();
  await card.getByLabel("Code from your app").fill(totp(secret));
  await card.getByRole("button", { name: "Turn on" }).click();
  await expect(card.getByText("On", { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await expectSound(page);

  const context = await browser.newContext({ baseURL: serverUrl() });
  const other = await context.newPage();
  const enterPassword = async () => {
    await other.goto("/login?next=/links");
    await other.getByLabel("Email").fill(OWNER.email);
    await other.getByLabel("Password").fill(OWNER.password);
    await other.getByRole("button", { name: "Sign in" }).click();
    await expect(other).toHaveURL(/\/code\?next=%2Flinks$/);
  };
  await enterPassword();
  await expectAccessible(other);
  await other.goto("/links");
  await expect(other).toHaveURL(/\/login/);
  await enterPassword();
  await other.getByLabel("Code").fill("123456");
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByText(/^Wrong code/)).toBeVisible();
  await other.getByLabel("Code").fill(totp(secret));
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other).toHaveURL(/\/links/);
  await context.clearCookies();
  await enterPassword();
  await other.getByLabel("Code").fill(recovery);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other).toHaveURL(/\/links/);

  await page.reload();
  await card.getByRole("button", { name: "Turn off" }).click();
  await card.getByLabel("Your password").fill(OWNER.password);
  await card.getByRole("button", { name: "Turn off" }).click();
  await expect(card.getByText("Off", { exact: true })).toBeVisible();
});
