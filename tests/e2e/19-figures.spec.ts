import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { clickPayload } from "../factory";
import { deliver, OWNER, signIn, visit } from "../setup/e2e";
import { emptied } from "../setup/emptied";
import { test } from "../setup/installation";

const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const hours = (page: Page) => region(page, "Hours and weekdays");

const BERLIN = { continent: "EU", country: "DE", region: "BE", city: "Berlin" };

/** Clicks of a link on a domain of its own. */
async function deliverTo(domain: string, clicks: Record<string, unknown>[]): Promise<void> {
  const link = { id: `link_${domain}`, domain, key: "other", shortLink: `https://${domain}/other`, title: null };
  for (const [index, click] of clicks.entries()) {
    const { status } = await deliver(clickPayload({ click: { id: `${domain}_${index}`, ...click }, link }));
    expect(status).toBe(202);
  }
}

test.beforeAll(emptied);

test.beforeEach(({ page }) => signIn(page));

test("one launch is no habit: the week shows what is usual, and totals on request", async ({ page }) => {
  const at = (day: number, hour: number) => ({
    timestamp: new Date(Date.UTC(2026, 9, day, hour, 30)).toISOString(),
    ...BERLIN,
  });
  const launch = Array.from({ length: 8 }, () => at(12, 10));
  const everyTuesday = [6, 13, 20, 27].flatMap((day) => [at(day, 15), at(day, 15)]);
  await deliverTo("launch.example", [...launch, ...everyTuesday]);
  await page.goto("/?domain=launch.example&start=2026-10-05&end=2026-11-01");
  const monday = hours(page).getByRole("link", { name: /^Monday, 10:00 – 10:59: 8 clicks/ });
  await expect(monday).toHaveAccessibleName(/typically 0$/);
  await expect(
    hours(page).getByRole("link", { name: /^Tuesday, 15:00 – 15:59: 8 clicks.*typically 2$/ }),
  ).toBeVisible();
  await region(page, "Hours and weekdays").getByRole("link", { name: "Total" }).click();
  await expect(monday).not.toHaveAccessibleName(/typically/);
});

test("visitors are at least so many where addresses are withheld, and unknown where most are", async ({ page }) => {
  const day = { timestamp: "2026-10-05T12:00:00.000Z", ...BERLIN };
  const known = [{ ip: "198.51.100.1" }, { ip: "198.51.100.2" }, { ip: "198.51.100.2" }];
  const withheld = [{ ip: null }, { ip: null, city: "Bonn" }, { ip: null, city: "Kiel" }];
  await deliverTo(
    "some.example",
    [...known, ...withheld].map((click) => ({ ...day, ...click })),
  );
  await deliverTo(
    "most.example",
    withheld.map((click) => ({ ...day, ...click })),
  );
  await page.goto("/?domain=some.example&interval=all");
  await expect(region(page, "Clicks").getByText("at least")).toBeVisible();
  await expect(region(page, "Clicks").getByText("3 clicks without an IP address")).toBeVisible();
  await page.goto("/?domain=most.example&interval=all");
  await expect(region(page, "Clicks").getByText("unknown")).toBeAttached();
  const csv = await page.request.get("/api/export/countries.csv?domain=some.example,most.example&interval=all");
  expect((await csv.text()).trim().split("\n").at(-1)).toMatch(/^DE,9,Germany,,unknown$/);
});

test("where nothing is compared no comparison is offered", async ({ page }) => {
  await visit(page, "/events?interval=all");
  await expect(page.getByRole("search", { name: "Question" }).getByRole("button", { name: "Filter" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Compare", exact: true })).toHaveCount(0);
});

test("the chart is there before its script, in the same places as with it, and is saved as an image", async ({
  page,
}) => {
  const at = (day: number) => ({ timestamp: new Date(Date.UTC(2026, 10, day, 14)).toISOString() });
  await deliverTo("chart.example", [2, 2, 3, 9, 9, 9].map(at));
  await visit(page, "/?domain=chart.example&start=2026-11-01&end=2026-11-14");
  const chart = region(page, "Clicks").getByRole("figure", { name: /^Clicks over time/ });
  const drawing = chart.locator(".recharts-surface").first();
  const place = async (text: string) => {
    const box = await chart.getByText(text, { exact: true }).and(chart.locator("span, tspan")).first().boundingBox();
    return [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  };
  const texts = ["0", "3", "1 Nov", "5 Nov", "13 Nov"];
  const before = await Promise.all(texts.map(place));
  await expect(drawing).toHaveCount(0);
  await expect(async () => {
    await page.mouse.move(400, 400);
    await page.mouse.move(405, 400);
    await expect(drawing).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
  for (const [index, text] of texts.entries()) {
    const [x = 0, y = 0] = await place(text);
    expect(Math.abs(x - (before[index]?.[0] ?? 0)), text).toBeLessThan(3);
    expect(Math.abs(y - (before[index]?.[1] ?? 0)), text).toBeLessThan(3);
  }

  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the chart as an image" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("footfall-timeseries-2026-11-01_2026-11-14.png");
  const image = readFileSync(await download.path());
  // As wide as the drawing and its edges, twice as sharp, and with the line's colour.
  const { width, colors } = await page.evaluate(
    async (source) => {
      const picture = new Image();
      picture.src = source;
      await picture.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height });
      const context = canvas.getContext("2d");
      context?.drawImage(picture, 0, 0);
      const { data } = context?.getImageData(0, 0, picture.width, picture.height) ?? { data: [] };
      const found = new Set<string>();
      for (let at = 0; at < data.length; at += 4) found.add(`rgb(${data[at]}, ${data[at + 1]}, ${data[at + 2]})`);
      return { width: picture.width, colors: [...found] };
    },
    `data:image/png;base64,${image.toString("base64")}`,
  );
  expect(width).toBe(Math.round(2 * (((await drawing.boundingBox())?.width ?? 0) + 48)));
  const stroke = await chart.locator("path[stroke='var(--color-accent)']").first();
  expect(colors).toContain(await stroke.evaluate((path) => getComputedStyle(path).stroke));
});

test("who was signed out in an open page signs in again, after a mistake too", async ({ page, context }) => {
  await visit(page, "/?interval=7d");
  await context.clearCookies();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Links" }).click();
  await expect(page).toHaveURL(/\/login\?next=%2Flinks/);
  await page.getByLabel("Email").fill(OWNER.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toHaveText(/password/i);
  await expect(page.getByLabel("Email")).toHaveValue(OWNER.email);
  await page.getByLabel("Password").fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/links\?/);
});
