import { expect } from "@playwright/test";
import { clickPayload } from "../factory";
import { expectAccessible } from "../setup/axe";
import { deliver, signIn } from "../setup/e2e";
import { emptied } from "../setup/emptied";
import { test } from "../setup/installation";

const LINK = { id: "link_why", key: "why", title: "Why", shortLink: "https://go.example/why" };

test.beforeAll(emptied);

test.beforeEach(async ({ page }) => {
  for (const [id, country] of [
    ["why_1", "DE"],
    ["why_2", "FR"],
  ] as const) {
    const timestamp = new Date(Date.now() - 3_600_000).toISOString().replace(/\d\d\.\d+Z/, "00.000Z");
    await deliver(clickPayload({ id: `evt_${id}`, click: { id, timestamp, country }, link: LINK }));
  }
  await signIn(page);
});

test("every figure tells how it came about, and the call that returns the same", async ({ page }) => {
  await page.goto("/links/link_why?interval=7d&country=DE");
  const button = page.getByRole("button", { name: "Why these numbers: Countries" });
  await button.click();
  const panel = page.getByRole("dialog", { name: "Why these numbers: Countries" });
  await expect(
    panel.getByText(/^Link is go\.example\/why\b.*filter by country doesn’t apply to this card/),
  ).toBeVisible();
  await expect(panel.getByText(/mirror of Postgres.* answered in \d+ ms/)).toBeVisible();
  await expectAccessible(page);
  // Beside the card, which keeps its place.
  await expect(page.locator("dialog:modal")).toHaveCount(0);
  const [card, explained] = [await button.boundingBox(), await panel.boundingBox()];
  expect(explained?.x).toBeGreaterThan((card?.x ?? 0) + (card?.width ?? 0));
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
  const call = await panel.getByRole("link", { name: /GET \/api\/v1\/analytics/ }).getAttribute("href");
  const answer = await page.request.get(call ?? "");
  expect(await answer.json()).toMatchObject({ rows: [{ value: "DE" }, { value: "FR" }], total: 2 });
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(button).toBeFocused();
  await page.setViewportSize({ width: 820, height: 900 });
  await button.click();
  await expect(page.locator("dialog:modal")).toHaveAccessibleName("Why these numbers: Countries");
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
  for (const name of ["Clicks, visitors and links", "Clicks over time", "Map", "Hours and weekdays"]) {
    await expect(page.getByRole("button", { name: `Why these numbers: ${name}` })).toBeVisible();
  }
});

test("ticked links are shown together", async ({ page }) => {
  await page.goto("/links?interval=7d");
  await page.getByRole("checkbox", { name: "Select go.example/why" }).check();
  await page.getByRole("button", { name: "Show clicks" }).click();
  await expect(page).toHaveURL(/\/\?.*linkId=link_why/);
  await expect(page.getByRole("heading", { name: "All links" })).toBeVisible();
});

test("links show their course and can be sorted by change", async ({ page }) => {
  await page.goto("/links?interval=7d");
  await expect(page.getByText(/No data before .* to compare with/)).toBeVisible();
  const old = { id: "why_old", timestamp: new Date(Date.now() - 15 * 24 * 3_600_000).toISOString() };
  await deliver(clickPayload({ id: "evt_why_old", click: old, link: { ...LINK, id: "link_why_old", key: "why-old" } }));
  await page.reload();
  await page.getByRole("columnheader", { name: "Change" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=change/);
  await expect(page.getByText(/change from/)).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "go.example/why" }).first()).toContainText(
    /\+\d+, before 0|new/,
  );
});
