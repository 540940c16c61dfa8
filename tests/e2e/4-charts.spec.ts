import { expect, type Page } from "@playwright/test";
import { clickPayload } from "../factory";
import { deliver, signIn, sql, visit } from "../setup/e2e";
import { emptied } from "../setup/emptied";
import { test } from "../setup/installation";
import { expectSound, testEveryLook } from "../setup/looks";

const DOMAIN = "charts.example";
/** Days that are over, so that the numbers stay; one click of `late` comes after them. */
const FORTNIGHT = `domain=${DOMAIN}&start=2026-11-01&end=2026-11-15`;
const EVER = `domain=${DOMAIN}&interval=all`;

const BERLIN = { continent: "EU", country: "DE", region: "BE", city: "Berlin" };
const HAMBURG = { continent: "EU", country: "DE", region: "HH", city: "Hamburg" };
const PARIS = { continent: "EU", country: "FR", region: "IDF", city: "Paris" };
const SINGAPORE = { continent: "AS", country: "SG", region: "Unknown", city: "Singapore" };
const NOWHERE = { continent: "Unknown", country: "Unknown", region: "Unknown", city: "Unknown" };

/** From Monday 2 November on, and from Monday 9 November on. */
const CLICKS: [link: string, timestamp: string, place: Record<string, string>][] = [
  ["early", "2026-11-02T09:15:00.000Z", BERLIN],
  ["early", "2026-11-02T10:15:00.000Z", BERLIN],
  ["early", "2026-11-03T09:30:00.000Z", BERLIN],
  ["early", "2026-11-04T09:15:00.000Z", PARIS],
  ["late", "2026-11-09T14:00:00.000Z", HAMBURG],
  ["late", "2026-11-09T14:30:00.000Z", SINGAPORE],
  ["late", "2026-11-09T15:00:00.000Z", NOWHERE],
  ["late", new Date().toISOString(), HAMBURG],
];

const idOf = (link: string) => `link_charts_${link}`;

function linkOf(name: string) {
  const id = idOf(name);
  return { id, domain: DOMAIN, key: name, shortLink: `https://${DOMAIN}/${name}`, title: `The ${name} one` };
}

test.describe.configure({ mode: "serial" });

test.beforeAll(emptied);

test.beforeAll(async () => {
  const filler = Array.from({ length: 6 }, (_, index) => [`other${index}`, "2026-10-01T12:00:00.000Z", PARIS] as const);
  for (const [index, [link, timestamp, place]] of [...CLICKS, ...filler].entries()) {
    const click = { id: `charts_${index}`, timestamp, ...place };
    const { status } = await deliver(clickPayload({ click, link: linkOf(link) }));
    expect(status).toBe(202);
  }
});

test.beforeEach(async ({ page }) => {
  await signIn(page);
});

const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const total = (page: Page) => region(page, "Clicks").getByRole("paragraph").first();
const map = (page: Page) => region(page, "Map");
const hours = (page: Page) => region(page, "Hours and weekdays");
const country = (page: Page, name: RegExp) => map(page).getByRole("group").getByRole("link", { name });

test("a country on the map leaves exactly its clicks and shows its regions; there is a way back", async ({ page }) => {
  await page.goto(`/?${FORTNIGHT}`);
  await expect(total(page)).toHaveText("7");
  await country(page, /^Germany: 4 clicks, 57\.1\s?%$/).click();
  await expect(page).toHaveURL(/country=DE/);
  await expect(total(page)).toHaveText("4");
  const regions = map(page).getByRole("region", { name: "Regions" }).getByRole("listitem");
  await expect(regions).toHaveText([/Berlin.*3.*75\.0/, /Hamburg.*1.*25\.0/]);
  await regions.nth(1).getByRole("link").click();
  await expect(total(page)).toHaveText("1");
  await map(page).getByRole("link", { name: "World" }).click();
  await expect(page).not.toHaveURL(/country|region/);
  await expect(total(page)).toHaveText("7");
});

test("a country opens in a tab of its own, too", async ({ page, context }) => {
  await page.goto(`/?${FORTNIGHT}`);
  const [tab] = await Promise.all([
    context.waitForEvent("page"),
    country(page, /^Germany/).click({ modifiers: ["ControlOrMeta"] }),
  ]);
  await expect(total(tab)).toHaveText("4");
  await expect(total(page)).toHaveText("7");
});

test("what is too small for the map, or not on it, is reached all the same", async ({ page }) => {
  await page.goto(`/?${FORTNIGHT}`);
  await country(page, /^Singapore: 1 click, 14\.3\s?%$/).click();
  await expect(page).toHaveURL(/country=SG/);
  await expect(total(page)).toHaveText("1");
  await page.goto(`/?${FORTNIGHT}`);
  await map(page).getByRole("link", { name: "Unknown 1" }).click();
  await expect(page).toHaveURL(/country=Unknown/);
  await expect(total(page)).toHaveText("1");
});

test("the map says its numbers to the pointer, to the keyboard and as a table", async ({ page }) => {
  await visit(page, `/?${FORTNIGHT}&compare=custom&compareStart=2026-11-02&compareEnd=2026-11-02`);
  const germany = country(page, /^Germany: 4 clicks, 57\.1\s?%, 2 before$/);
  await germany.hover();
  await expect(map(page).getByText("4 clicks, 57.1%, 2 before", { exact: true })).toBeVisible();
  await germany.focus();
  await page.keyboard.press("ArrowLeft");
  const france = country(page, /^France/);
  await expect(france).toBeFocused();
  await expect(map(page).getByText("1 click, 14.3%, 0 before", { exact: true })).toBeVisible();
  // One stop, however many countries.
  await page.keyboard.press("Tab");
  await expect(map(page).getByRole("group").getByRole("link").and(page.locator(":focus"))).toHaveCount(0);
  await page.keyboard.press("Shift+Tab");
  await expect(france).toBeFocused();
  const rows = map(page).getByRole("table", { name: "Clicks by country" }).getByRole("row");
  await expect(rows).toHaveText([/CountryClicksShareBefore/, /Germany457\.1%2/, /France/, /Singapore/, /Unknown/]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/country=FR/);
  await expect(total(page)).toHaveText("1");
});

test("a country that lost its clicks is hatched, and the focus outlines the shape alone", async ({ page }) => {
  await visit(
    page,
    "/?domain=charts.example&start=2026-11-09&end=2026-11-15&compare=custom&compareStart=2026-11-04&compareEnd=2026-11-04",
  );
  const france = country(page, /^France: no clicks, 1 before/);
  await expect(france.locator("use")).toHaveCSS("fill", /lost-clicks/);
  await expect(map(page).getByText("only before")).toBeVisible();
  await france.focus();
  await expect(france).toHaveCSS("outline-style", "none");
});

test("tags that several links share say why they add up to more than all clicks", async ({ page }) => {
  const tags = ["Print", "Summer"].map((name, n) => ({ id: `tag_charts_${n}`, name, color: "green" }));
  const click = { id: "charts_tagged", timestamp: "2026-10-05T12:00:00.000Z" };
  await deliver(clickPayload({ click, link: { ...linkOf("tagged"), tags } }));
  await visit(page, "/?domain=charts.example&start=2026-10-05&end=2026-10-05&links=top_link_tags");
  await expect(region(page, "Tag").getByText("A link can have several tags")).toBeVisible();
});

test("a cell of the week leaves its hour, the heads their hour or weekday", async ({ page }) => {
  await page.goto(`/?${FORTNIGHT}`);
  await expect(hours(page).getByRole("row")).toHaveCount(8);
  await expect(hours(page).getByRole("cell").getByRole("link")).toHaveCount(168);
  await hours(page)
    .getByRole("link", { name: /^Monday, 14:00 – 14:59: 2 clicks, 28\.6\s?%/ })
    .click();
  await expect(page).toHaveURL(/weekday=mon.*hour=14/);
  await expect(total(page)).toHaveText("2");
  await page.goto(`/?${FORTNIGHT}`);
  await hours(page)
    .getByRole("rowheader", { name: /^Monday: 5 clicks/ })
    .getByRole("link")
    .click();
  await expect(page).toHaveURL(/weekday=mon$/);
  await expect(total(page)).toHaveText("5");
  await page.goto(`/?${FORTNIGHT}`);
  await hours(page)
    .getByRole("columnheader", { name: /^09:00 – 09:59: 3 clicks/ })
    .getByRole("link")
    .click();
  await expect(page).toHaveURL(/hour=9$/);
  await expect(total(page)).toHaveText("3");
});

test("the week is the zone's, and arrow keys walk it", async ({ page }) => {
  await visit(page, `/?${FORTNIGHT}&timezone=Asia/Kathmandu`);
  await expect(hours(page).getByText("Asia/Kathmandu, UTC+5:45")).toBeVisible();
  const cell = hours(page).getByRole("link", { name: /^Monday, 19:00 – 19:59: 1 click/ });
  await cell.focus();
  await page.keyboard.press("ArrowRight");
  await expect(hours(page).getByRole("link", { name: /^Monday, 20:00 – 20:59: 2 clicks/ })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(hours(page).getByRole("link", { name: /^Tuesday, 20:00 – 20:59: no clicks/ })).toBeFocused();
  await expect(hours(page).getByText("Tuesday, 20:00 – 20:59", { exact: true })).toBeVisible();
});

test("on a phone the days of the week stand side by side", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/?${FORTNIGHT}`);
  const [monday, sunday] = [/^Monday:/, /^Sunday:/].map((name) => hours(page).getByRole("rowheader", { name }));
  const [first, last] = [await monday?.boundingBox(), await sunday?.boundingBox()];
  expect(last?.y).toBe(first?.y);
  expect(last?.x).toBeGreaterThan((first?.x ?? 0) + 200);
});

const compared = (page: Page) => page.getByRole("table", { name: "Clicks per link" }).getByRole("row");

test("links that are ticked are compared, on the calendar and since their first click", async ({ page }) => {
  await page.goto(`/links?${EVER}`);
  await page.getByRole("checkbox", { name: `Select ${DOMAIN}/early` }).check();
  await page.getByRole("checkbox", { name: `Select ${DOMAIN}/late` }).check();
  await page.getByRole("button", { name: "Compare links" }).click();
  await expect(page).toHaveURL(/\/compare\?.*linkId=link_charts_(early|late),link_charts_(early|late)/);
  const early = compared(page).filter({ hasText: `${DOMAIN}/early` });
  const late = compared(page).filter({ hasText: `${DOMAIN}/late` });
  await expect(early.getByRole("cell")).toHaveText([/early/, "4", "2 Nov 2026, 09:15", "1 h", "50.0%", "0"]);
  await expect(late.getByRole("cell")).toHaveText([/late/, "4", "9 Nov 2026, 14:00", "30 min", "75.0%", "1"]);
  const race = page.getByRole("table", { name: "Total clicks since the first click by link" });
  await expect(race.getByRole("row").last().getByRole("cell")).toHaveText(["4", "–"]);
  await page.getByRole("link", { name: "Calendar" }).click();
  const days = page.getByRole("table", { name: "Clicks over time by link" });
  await expect(days.getByRole("columnheader")).toHaveCount(3);
  await page.getByRole("link", { name: "Since first click" }).click();
  await expect(page).toHaveURL(/align=first/);
  const ages = page.getByRole("table", { name: "Clicks since the first click by link" });
  await expect(ages.getByRole("row").nth(1)).toContainText("Day 1 from the first click");
});

test("one link's page leads to the comparison, where others are added and removed", async ({ page }) => {
  await page.goto(`/links/${idOf("early")}?interval=all`);
  await page.getByRole("link", { name: "Compare with other links" }).click();
  await expect(compared(page)).toHaveCount(2);
  await page.getByLabel("Search links").fill("the late one");
  await page.getByLabel("Search links").press("Enter");
  await page.getByRole("link", { name: `Add ${DOMAIN}/late` }).click();
  await expect(compared(page)).toHaveCount(3);
  await expect(page.getByRole("list", { name: "Filters" })).toHaveCount(0);
  await page.getByRole("link", { name: `Remove ${DOMAIN}/early` }).click();
  await expect(page).toHaveURL(/linkId=link_charts_late/);
  await page.getByRole("link", { name: `Remove ${DOMAIN}/late` }).click();
  await expect(page.getByText("No links selected")).toBeVisible();
});

test("six links are the most, and more are said", async ({ page }) => {
  const ids = ["early", "late", ...Array.from({ length: 5 }, (_, index) => `other${index}`)].map(idOf);
  await page.goto(`/compare?interval=all&linkId=${ids.join(",")}`);
  await expect(page.getByRole("alert").filter({ hasText: "the first of the 7" })).toBeVisible();
  await expect(compared(page)).toHaveCount(7);
  await page.goto(`/compare?interval=all&linkId=${ids.slice(1).join(",")}`);
  await expect(page.getByText("You can compare up to 6 links.")).toBeVisible();
});

test("filters hold for the comparison, and a link without clicks is still listed", async ({ page }) => {
  const links = `linkId=${idOf("early")},${idOf("late")}`;
  await page.goto(`/compare?interval=all&country=FR&${links}`);
  await expect(compared(page).filter({ hasText: "early" }).getByRole("cell").nth(1)).toHaveText("1");
  await expect(compared(page).filter({ hasText: "late" }).getByRole("cell").nth(3)).toHaveText("–");
  await page.getByRole("link", { name: "Remove filter Country is France" }).click();
  await expect(compared(page).filter({ hasText: "late" }).getByRole("cell").nth(1)).toHaveText("4");
  await page.goto(`/compare?start=2020-01-01&granularity=hour&align=calendar&${links}`);
  await page.getByRole("link", { name: "Use default granularity" }).click();
  await expect(page.getByRole("table", { name: "Clicks over time by link" })).toBeAttached();
});

test("time in which nothing could have been received is shaded and says so, instead of zero", async ({ page }) => {
  // Before the first click there would be no data at all.
  await deliver(
    clickPayload({ click: { id: "charts_ancient", timestamp: "2020-02-01T12:00:00.000Z" }, link: linkOf("ancient") }),
  );
  const spans = ["2020-03-01", "2020-03-10T18:00Z", "2020-03-13", new Date().toISOString()];
  await sql("insert into reception (server, began_at, seen_at) values ('e2e', $1, $2), ('e2e', $3, $4)", spans);
  try {
    await page.goto(`/?domain=${DOMAIN}&start=2020-03-08&end=2020-03-15&timezone=UTC`);
    const chart = region(page, "Clicks").getByRole("figure", { name: /^Clicks over time/ });
    const day = (date: number) => chart.getByRole("row", { name: new RegExp(`\\b${date} Mar`) }).getByRole("cell");
    await expect(day(9)).toHaveText("0");
    await expect(day(10)).toHaveText("no data received for part of it");
    for (const date of [11, 12]) await expect(day(date)).toHaveText("no data received");
    await expect(day(13)).toHaveText("0");
    // The drawing comes with a move that the page hears, and is told of moves alone.
    await expect(async () => {
      await page.mouse.move(5, 5);
      await page.mouse.move(10, 10);
      const box = await chart.locator(".recharts-surface").first().boundingBox({ timeout: 1_000 });
      const [x, y] = [(box?.x ?? 0) + 44 + ((box?.width ?? 0) - 68) * (3 / 7), (box?.y ?? 0) + 100];
      await page.mouse.move(x - 5, y);
      await page.mouse.move(x, y);
      await expect(chart.getByText(/11 Mar 2020: no data received$/)).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 15_000 });
    await expectSound(page);
  } finally {
    await sql("delete from reception where server = 'e2e'");
  }
});

testEveryLook("map, week and comparison are accessible, fit, and ask nobody else", async (page) => {
  const links = `linkId=${idOf("early")},${idOf("late")}`;
  for (const path of [
    `/?${FORTNIGHT}&country=DE`,
    `/links/${idOf("late")}?interval=all&compare=previous`,
    `/links?${EVER}`,
    "/compare",
    `/compare?interval=all&align=first&${links}`,
  ]) {
    await page.goto(path);
    await expectSound(page);
  }
});
