import { readFileSync } from "node:fs";
import { type Browser, type Cookie, expect, type Page } from "@playwright/test";
import { clickPayload } from "../factory";
import { deliver, holdBack, serverUrl, signIn, sql, visit } from "../setup/e2e";
import { emptied } from "../setup/emptied";
import { test } from "../setup/installation";
import { expectSound } from "../setup/looks";

/** Named so that the order of names is not that of clicks: the first has fewest. */
const CITIES = Array.from({ length: 120 }, (_, index) => `City ${String(index).padStart(3, "0")}`);

/** The most JavaScript that a page may need at first, compressed. */
const MOST_BYTES = { overview: 200_000, signIn: 90_000 };

const panel = (page: Page) => page.getByRole("dialog", { name: "Cities" });
const rows = (page: Page) => panel(page).getByRole("listitem");
const total = (page: Page) => page.getByRole("region", { name: "Clicks" }).getByRole("paragraph").first();

test.describe.configure({ mode: "serial" });

test.beforeAll(emptied);

test.beforeAll(async () => {
  const now = Date.now();
  // City 000 once, City 119 three times.
  const payloads = CITIES.flatMap((city, index) =>
    Array.from({ length: 1 + Math.floor(index / 40) }, (_, nth) =>
      clickPayload({
        click: {
          id: `cards_${index}_${nth}`,
          timestamp: new Date(now - index * 1_000).toISOString(),
          country: "DE",
          region: "BE",
          city,
          browser: index % 2 ? "Mobile Safari" : "Netscape",
          os: "iOS",
        },
        link: { folderId: "fold_spring" },
      }),
    ),
  );
  for (let start = 0; start < payloads.length; start += 20) {
    const answers = await Promise.all(payloads.slice(start, start + 20).map(deliver));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  }
});

test.beforeEach(async ({ page }) => signIn(page));

test.afterEach(() => sql("alter table if exists folder_away rename to folder"));

test("a card that can't be read says so, the others stay, and another attempt or tab helps", async ({ page }) => {
  const tab = (name: string) => page.getByRole("link", { name, exact: true });
  await sql("alter table folder rename to folder_away");
  await visit(page, "/?interval=7d&links=top_folders");
  const failed = page.getByRole("region", { name: "Folder", exact: true });
  await expect(failed.getByText("This couldn’t be loaded.")).toBeVisible();
  await expect(page.getByText("Germany").first()).toBeVisible();
  await expectSound(page);
  await tab("Destinations").click();
  await expect(page.getByText("This couldn’t be loaded.")).toHaveCount(0);
  await tab("Folders").click();
  await expect(failed.getByText("This couldn’t be loaded.")).toBeVisible();
  await sql("alter table folder_away rename to folder");
  await failed.getByRole("button", { name: "Try again" }).click();
  await expect(failed.getByText("fold_spring")).toBeVisible();
});

test("all rows are in a panel: searched, sorted, paged, and each a filter", async ({ page }) => {
  await visit(page, "/?interval=7d&places=cities");
  await page.getByRole("link", { name: "Show all 120" }).click();
  await expect(rows(page)).toHaveCount(100);
  await expect(rows(page).first()).toContainText("City 080");
  await expect(panel(page).getByText("1–100 of 120 cities")).toBeVisible();
  await panel(page).getByRole("link", { name: "Next" }).click();
  await expect(rows(page)).toHaveCount(20);
  await panel(page).getByRole("link", { name: "Name" }).click();
  await expect(rows(page).first()).toContainText("City 000");
  await expect(rows(page)).toHaveCount(100);
  const search = panel(page).getByRole("searchbox", { name: "Search in cities" });
  await search.fill("city 11");
  await expect(rows(page)).toHaveCount(10);
  await expect(search).toBeFocused();
  await search.fill("nowhere");
  await expect(panel(page).getByText("No results for “nowhere”.")).toBeVisible();
  await search.fill("city 119");
  await rows(page)
    .getByRole("link", { name: /^City 119/ })
    .click();
  await expect(panel(page)).toHaveCount(0);
  await expect(total(page)).toHaveText("3");
  await expect(page).toHaveURL(/city=City\+119$/);
});

test("the panel can be linked to, is closed by Escape, and a page past its end is the last", async ({ page }) => {
  await visit(page, "/?interval=7d&places=cities&show=places&by=name&page=7");
  await expect(rows(page)).toHaveCount(20);
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await expect(page).toHaveURL(/\?interval=7d&places=cities$/);
});

test("what is closed before any script has loaded stays closed", async ({ page }) => {
  const load = await holdBack(page, /\/_next\/static\/.*\.js/);
  await page.goto("/?interval=7d&places=cities&show=places", { waitUntil: "commit" });
  await expect(rows(page).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  load();
  await expect(page).toHaveURL(/\?interval=7d&places=cities$/);
  await expect(panel(page)).toHaveCount(0);
});

test("the links list says the folder of each, and can be kept to it", async ({ page }) => {
  await visit(page, "/links?interval=7d");
  await page.getByRole("table").getByRole("link", { name: "fold_spring" }).click();
  await expect(page).toHaveURL(/folderId=fold_spring/);
  await expect(page.getByRole("button", { name: "Edit filter Folder is fold_spring" })).toBeVisible();
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(2);
});

test("browsers and systems have pictures of our own; what has none has its letter", async ({ page }) => {
  await visit(page, "/?interval=7d");
  const picture = page.getByRole("listitem").filter({ hasText: "Mobile Safari" }).locator("img");
  await picture.scrollIntoViewIfNeeded();
  await expect(picture).toHaveJSProperty("complete", true);
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  const letter = page.getByRole("listitem").filter({ hasText: "Netscape" });
  await expect(letter.locator("img")).toHaveCount(0);
  await expect(letter.getByText("N", { exact: true })).toBeVisible();
});

test("the theme is the system's until another is chosen, which the server then knows", async ({ page }) => {
  const scheme = (value: string) => expect(page.locator("html")).toHaveCSS("color-scheme", value);
  await page.emulateMedia({ colorScheme: "dark" });
  await visit(page, "/?interval=7d");
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.getByRole("button", { name: "Theme: system" }).click();
  await page.getByRole("radiogroup").getByText("Light").click();
  await scheme("light");
  await expectSound(page);
  expect(await background()).not.toBe(dark);
  await page.getByRole("radio", { name: "Light" }).press("ArrowRight");
  await scheme("dark");
  await page.emulateMedia({ colorScheme: "light" });
  const response = await page.reload();
  expect(await response?.text()).toContain('data-theme="dark"');
  expect(await background()).toBe(dark);
  await page.getByRole("button", { name: "Theme: dark" }).click();
  await page.getByRole("radiogroup").getByText("System").click();
  await scheme("light dark");
});

test("numbers and dates are the reader's, in every part of the page", async ({ browser, page }) => {
  const context = await browser.newContext({ locale: "de-DE", baseURL: serverUrl() });
  await context.addCookies(await page.context().cookies());
  const german = await context.newPage();
  const problems: string[] = [];
  german.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  german.on("pageerror", (error) => problems.push(error.message));
  await visit(german, "/?interval=7d&places=cities");
  await expect(german.getByText(/112 more: 216 · 90,0\s%/)).toBeVisible();
  await expect(german.getByText(/1,3\s%/).first()).toBeVisible();
  await visit(page, "/?interval=7d&places=cities");
  await expect(page.getByText(/112 more: 216 · 90\.0\s?%/)).toBeVisible();
  expect(problems).toEqual([]);
  await context.close();
});

/** The scripts that a page loads in a browser that was never here. */
async function scriptsOf(browser: Browser, cookies: Cookie[], path: string) {
  const context = await browser.newContext({ baseURL: serverUrl() });
  await context.addCookies(cookies);
  const page = await context.newPage();
  const scripts: Promise<{ size: number; encoding: string | null }>[] = [];
  page.on("requestfinished", (request) => {
    if (request.resourceType() !== "script") return;
    const measured = async () => {
      const [sizes, response] = await Promise.all([request.sizes(), request.response()]);
      return { size: sizes.responseBodySize, encoding: (await response?.headerValue("content-encoding")) ?? null };
    };
    scripts.push(measured());
  });
  await visit(page, path);
  const loaded = await Promise.all(scripts);
  await context.close();
  return { bytes: loaded.reduce((sum, { size }) => sum + size, 0), loaded };
}

test("pages need little JavaScript, compressed as small as can be", async ({ page, browser }) => {
  const cookies = await page.context().cookies();
  const { bytes, loaded } = await scriptsOf(browser, cookies, "/?interval=7d");
  expect(loaded.length).toBeGreaterThan(5);
  expect(new Set(loaded.map(({ encoding }) => encoding))).toEqual(new Set(["br"]));
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES.overview);
  expect((await scriptsOf(browser, [], "/login")).bytes).toBeLessThanOrEqual(MOST_BYTES.signIn);
  const [chunk] = JSON.parse(readFileSync(".next/build-manifest.json", "utf8")).rootMainFiles;
  const plain = await page.request.get(`/_next/${chunk}`, { headers: { "Accept-Encoding": "identity" } });
  expect(plain.headers()["content-encoding"]).toBeUndefined();
  expect(await plain.text()).toBe(readFileSync(`.next/${chunk}`, "utf8"));
  expect((await page.request.get("/_next/static/none.js")).status()).toBe(404);
});
