import { expect, type Page } from "@playwright/test";
import { clickPayload } from "../factory";
import { expectAccessible } from "../setup/axe";
import { deliver, signIn } from "../setup/e2e";
import { emptied } from "../setup/emptied";
import { test } from "../setup/installation";
import { testEveryLook } from "../setup/looks";

const LINK = { id: "link_live", key: "live", title: "Live", shortLink: "https://go.example/live" };
let sent = 0;

/** Delivers a click that happened some seconds ago. */
async function click(city: string, seconds = 31): Promise<void> {
  const timestamp = new Date(Date.now() - seconds * 1_000).toISOString();
  const response = await deliver(
    clickPayload({ id: `evt_live_${++sent}`, click: { id: `live_${sent}`, timestamp, city }, link: LINK }),
  );
  expect(response.status).toBe(202);
}

const switchOn = (page: Page) => page.getByRole("switch", { name: "Live" }).click();
const list = (page: Page) => page.getByRole("list", { name: "Newest clicks" });
const state = (page: Page) => page.getByRole("region", { name: "New clicks" }).getByRole("status");
const total = (page: Page) => page.getByRole("region", { name: "Clicks", exact: true }).getByRole("paragraph").first();

test.beforeAll(emptied);

test.beforeEach(async ({ page }) => {
  await click("Before");
  await signIn(page);
});

test("new clicks come by themselves, with their delay, and the numbers follow", async ({ page }) => {
  await page.goto("/links/link_live?interval=all");
  const before = Number((await total(page).textContent())?.replaceAll(",", ""));
  await switchOn(page);
  await expect(state(page)).toHaveText("Waiting for the next click");
  await click("Springfield");
  await expect(list(page).getByRole("listitem").first()).toContainText("Springfield");
  await expect(list(page).getByRole("listitem").first()).toContainText(/\+3\d\ss/);
  await expect(state(page)).toContainText("1 click so far");
  await expect(total(page)).toHaveText((before + 1).toLocaleString("en-US"));
  await switchOn(page);
  await expect(list(page)).toBeHidden();
});

test("what is filtered out does not come", async ({ page }) => {
  await page.goto("/?interval=all&city=Shelbyville");
  await switchOn(page);
  await expect(state(page)).toHaveText("Waiting for the next click");
  await click("Springfield");
  await click("Shelbyville");
  await expect(list(page).getByRole("listitem")).toHaveCount(1);
  await expect(list(page)).toContainText("Shelbyville");
});

test("while it is paused clicks wait, and then they are all there", async ({ page }) => {
  await page.goto("/links/link_live");
  await switchOn(page);
  await expect(state(page)).toHaveText("Waiting for the next click");
  await page.getByRole("button", { name: "Pause" }).click();
  await click("Ogdenville");
  await click("North Haverbrook");
  await expect(state(page)).toHaveText("Paused, 2 clicks waiting");
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(list(page).getByRole("listitem").first()).toContainText("North Haverbrook");
  await expect(list(page).getByRole("listitem").nth(1)).toContainText("Ogdenville");
});

test("live in seven tabs takes one connection of the six that a browser has, and each tab shows its own", async ({
  page,
}) => {
  const cities = ["Aachen", "Bonn", "Celle", "Dresden", "Essen", "Fulda", "Gera"];
  const tabs: Page[] = [];
  for (const city of cities) {
    const tab = await page.context().newPage();
    await tab.goto(`/?interval=all&city=${city}`);
    await switchOn(tab);
    await expect(state(tab)).toHaveText("Waiting for the next click");
    tabs.push(tab);
  }
  for (const city of cities) await click(city);
  for (const [index, tab] of tabs.entries()) {
    await expect(list(tab).getByRole("listitem")).toHaveCount(1);
    await expect(list(tab)).toContainText(cities[index] ?? "");
  }
  await tabs[0]?.close();
  await click("Bonn");
  await expect(list(tabs[1] as Page).getByRole("listitem")).toHaveCount(2);
});

test("a tab that is hidden watches nothing, and shows what came meanwhile when it is seen again", async ({ page }) => {
  const show = (visibility: "hidden" | "visible") =>
    page.evaluate((value) => {
      Object.defineProperty(document, "visibilityState", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, visibility);
  await page.goto("/links/link_live");
  await switchOn(page);
  await expect(state(page)).toHaveText("Waiting for the next click");
  await click("Ithaca");
  await expect(list(page).getByRole("listitem")).toHaveCount(1);
  await show("hidden");
  await click("Albany");
  await click("Utica");
  await expect(list(page).getByRole("listitem")).toHaveCount(1);
  await show("visible");
  await expect(list(page).getByRole("listitem")).toHaveCount(3);
  await expect(list(page).getByRole("listitem").first()).toContainText("Utica");
});

testEveryLook("the live list is accessible and fits", async (page) => {
  await page.goto("/links/link_live");
  await switchOn(page);
  await expect(state(page)).toHaveText("Waiting for the next click");
  await click("Capital City");
  await expect(list(page)).toBeVisible();
  // A stream never lets the network rest.
  await expectAccessible(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
});
