import { createHmac } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { clickPayload } from "../factory";
import { SECRET, serverUrl, signIn } from "../setup/e2e";
import { test } from "../setup/installation";
import { expectSound } from "../setup/looks";

const VALUE = "whsec_fedcba9876543210fedcba9876543210";

/** Delivers what is authentic and no click: the numbers of other specs stay theirs. */
async function deliver(secret: string, id: string, more: Parameters<typeof clickPayload>[0] = {}): Promise<number> {
  const body = JSON.stringify(clickPayload({ id, event: "lead.created", ...more }));
  const headers = { "Dub-Signature": createHmac("sha256", secret).update(body).digest("hex") };
  return (await fetch(`${serverUrl()}/api/webhooks/dub`, { method: "POST", headers, body })).status;
}

const row = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, level: 3 }) });

test("the health page names what is wrong, and the header leads to it", async ({ page }) => {
  await signIn(page);
  // What anybody can send is counted and raises nothing; a click from the future does.
  for (let n = 0; n < 5; n++) expect(await deliver("whsec_not_a_secret_of_ours", `refused ${n}`)).toBe(401);
  const timestamp = new Date(Date.now() + 86_400_000).toISOString();
  expect(await deliver(SECRET, "ahead", { event: "link.clicked", click: { timestamp } })).toBe(202);
  await page.goto("/health");
  // What the database knows may be five seconds old: the page asks again by itself.
  const ahead = page.getByRole("list", { name: "Problems" }).getByText(/dated in the future/);
  await expect(ahead).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText("1 click (needs attention)")).toBeVisible();
  await expect(page.getByText("Reachable", { exact: true })).toBeVisible();
  await expectSound(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 844 });
  await expectSound(page);
  await page.goto("/settings");
  await page.getByRole("link", { name: /^Health: .*future/ }).click();
  const servers = page.getByRole("table", { name: /^Servers/ });
  await expect(servers.getByRole("row")).toHaveCount(2, { timeout: 20_000 });
  expect((await page.request.get("/api/health?strict=1")).status()).toBe(503);
  expect((await page.request.get("/api/health")).status()).toBe(200);
});

test("a secret is added, replaced and revoked, and is shown once at most", async ({ page }) => {
  await signIn(page);
  await page.goto("/");
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();

  await page.getByRole("button", { name: "Add a secret" }).click();
  await page.getByLabel("Secret", { exact: true }).fill("whsec_short");
  await page.getByRole("button", { name: "Add secret" }).click();
  await expect(page.getByText("Enter a name")).toBeVisible();
  await page.getByLabel("Name").fill("Shop");
  await page.getByRole("button", { name: "Add secret" }).click();
  await expect(page.getByText("at least 16 characters")).toBeVisible();
  await expectSound(page);
  await page.getByLabel("Secret", { exact: true }).fill(VALUE);
  await page.getByRole("button", { name: "Add secret" }).click();
  await expect(row(page, "Shop").getByText("Never used.")).toBeVisible();
  expect(await page.content()).not.toContain(VALUE);
  expect(await deliver(VALUE, "settings 1")).toBe(202);

  await page.getByRole("button", { name: "Replace Shop" }).click();
  await page.getByLabel("Generate one").check();
  await page.getByRole("button", { name: "Add replacement" }).click();
  const shown = page.getByRole("alert").filter({ hasText: "Copy it now" });
  const made = (await shown.getByText(/^whsec_/).textContent()) ?? "";
  expect(await deliver(made, "settings 2")).toBe(202);
  expect(await deliver(VALUE, "settings 3")).toBe(202);
  await shown.getByRole("button", { name: "I’ve copied it" }).click();
  await expect(row(page, "Shop").getByText("Being replaced")).toBeVisible();
  await expectSound(page);

  await page.getByRole("button", { name: "Revoke Shop", exact: true }).click();
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(row(page, "Shop").getByText("Revoked", { exact: true })).toBeVisible();
  expect(await deliver(VALUE, "settings 4")).toBe(401);
  await page.reload();
  expect(await page.content()).not.toContain(made);
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: "dark", media: "print" });
  expect(await paper()).toBe("rgb(255, 255, 255)");
  await page.emulateMedia({ colorScheme: "dark", media: "screen" });
  expect(await paper()).not.toBe("rgb(255, 255, 255)");
  await page.setViewportSize({ width: 390, height: 844 });
  await expectSound(page);
});
