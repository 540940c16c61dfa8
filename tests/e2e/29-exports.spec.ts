import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { expectAccessible } from "../setup/axe";
import { signIn } from "../setup/e2e";
import { deliverClicks, RANGE } from "../setup/e2e-events";
import { emptied } from "../setup/emptied";
import { test } from "../setup/installation";

test.beforeAll(emptied);

test.beforeAll(async () => {
  test.setTimeout(120_000);
  await deliverClicks();
});

test.beforeEach(async ({ page }) => {
  await signIn(page);
});

test("a file's format and form are chosen, and the download is that", async ({ page }) => {
  await page.goto(`/events?${RANGE}&country=DE`);
  const menu = page.getByRole("dialog", { name: "Export" });
  const saved = async () => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      menu.getByRole("link", { name: "Download" }).click(),
    ]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
  };
  await page.getByRole("button", { name: "More formats" }).click();
  await menu.getByLabel("Columns separated by").selectOption("Semicolon");
  await menu.getByLabel("Times in UTC").check();
  await expectAccessible(page);
  const csv = await saved();
  expect(csv.name).toBe("footfall-events-2025-06-15_2025-06-15.csv");
  expect(csv.text.split("\n")[0]).toMatch(/^time;linkId;shortLink;/);
  await expect(menu).toBeHidden();
  await page.getByRole("button", { name: "More formats" }).click();
  await menu.getByLabel("File").selectOption("NDJSON");
  await expect(menu.getByLabel("Columns separated by")).toHaveCount(0);
  const ndjson = await saved();
  expect(ndjson.name).toBe("footfall-events-2025-06-15_2025-06-15.ndjson");
  expect(ndjson.text.trimEnd().split("\n")).toHaveLength(110);
  await page.getByRole("button", { name: "More formats" }).click();
  await menu.getByLabel("File").selectOption("Parquet");
  expect((await saved()).text.slice(0, 4)).toBe("PAR1");
});

test("an export that takes a while is shown, can be cancelled, and is tried again after a failure", async ({
  page,
}) => {
  await page.goto(`/events?${RANGE}`);
  let isDown = false;
  await page.route("**/api/export/events.csv?*", async (route) => {
    if (isDown) await route.abort();
    else if (holding) await holding.then(() => route.continue()).catch(() => {});
    else await route.continue();
  });
  let release = () => {};
  let holding: Promise<void> | null = new Promise((resolve) => {
    release = resolve;
  });
  const exports = page.getByRole("region", { name: "Exports" });
  const csv = page.getByRole("link", { name: "CSV" });
  await csv.click();
  await expect(exports.getByText("Being prepared")).toBeVisible();
  await expectAccessible(page);
  await exports.getByRole("button", { name: "Cancel" }).click();
  await expect(exports.getByRole("listitem")).toHaveCount(0);
  release();
  holding = null;
  isDown = true;
  await csv.click();
  await expect(exports.getByRole("alert")).toHaveText("The server can’t be reached. Try again.");
  isDown = false;
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    exports.getByRole("button", { name: "Try again" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("footfall-events-2025-06-15_2025-06-15.csv");
  await expect(exports.getByRole("listitem")).toHaveCount(0);
});
