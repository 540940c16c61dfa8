import { expect, type Page } from "@playwright/test";
import { clickPayload, linkPayload } from "../factory";
import { deliver, signIn, visit } from "../setup/e2e";
import { total } from "../setup/e2e-filters";
import { emptied } from "../setup/emptied";
import { test } from "../setup/installation";
import { expectSound, testEveryLook } from "../setup/looks";

// The reader's zone is put into addresses, but for this one.
test.use({ timezoneId: "UTC" });

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Noon, forty days ago. */
const FIRST = Math.floor(Date.now() / DAY) * DAY - 40 * DAY + 12 * HOUR;

const TAGS = [{ id: "tag_launch", name: "Launch", color: "green" }];
const OLD = {
  ...{ id: "link_old", key: "old", title: "<i>Old</i>", url: "https://shop.example/5", tags: TAGS },
  updatedAt: new Date(FIRST + 10 * DAY).toISOString(),
};
const ODD = { id: "-odd,1\\2", key: "odd", url: "https://shop.example/odd", tags: [] };
const UNCLICKED = { id: "link_unclicked", key: "unclicked", url: "https://shop.example/none", tags: [] };

type Link = { id: string; key: string };

const clicked = (link: Link, at: number, click: object = {}) =>
  clickPayload({
    click: {
      id: `${link.key}_${at}`,
      timestamp: new Date(at).toISOString(),
      device: "Mobile",
      country: "DE",
      ...click,
    },
    link: { shortLink: `https://go.example/${link.key}`, ...link },
  });

/** Eight clicks: five of them on the second day, three by QR code, and none in the last thirty days. */
const CLICKS = [0, 24, 25, 26, 27, 28, 48, 216].map((hours, at) =>
  clicked(OLD, FIRST + hours * HOUR, at % 3 === 0 ? { trigger: "qr", qr: true } : { country: "FR" }),
);

const led = (url: string, day: number) =>
  linkPayload("link.updated", { ...OLD, url, updatedAt: new Date(FIRST + day * DAY).toISOString() });

test.beforeAll(emptied);

test.beforeAll(async () => {
  const places = ["https://shop.example/1", "https://shop.example/2", "javascript:alert(1)", "https://shop.example/4"];
  const peers = Array.from({ length: 6 }, (_, at) => ({ id: `link_peer${at}`, key: `peer${at}`, tags: TAGS }));
  for (const payload of [
    ...places.map((url, at) => led(url, at)),
    ...CLICKS,
    ...peers.flatMap((link) => [0, 1, 30].map((hours) => clicked(link, FIRST - DAY + hours * HOUR))),
    clicked(ODD, FIRST),
    linkPayload("link.created", UNCLICKED),
  ])
    expect((await deliver(payload)).status).toBe(202);
});

test.beforeEach(({ page }) => signIn(page));

const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const life = (page: Page) => region(page, "Since the first click");
const fact = (page: Page, label: string) =>
  life(page)
    .locator("dl > div")
    .filter({ has: page.getByText(label, { exact: true }) });

test("a link's page begins with its life, whatever the range and the filters are", async ({ page }) => {
  await visit(page, `/links/${OLD.id}?interval=7d&country=US`);
  await expect(total(page)).toHaveText("0");
  await expect(fact(page, "Clicks in all")).toContainText("8");
  await expect(fact(page, "Best day")).toContainText("5 clicks");
  await expect(fact(page, "Half-life")).toContainText("1 d 2 h");
  await expect(fact(page, "By QR code")).toContainText("37.5");
  await expect(life(page)).toContainText("Nobody has come since");
  await expect(life(page)).toContainText("the middle half of 6 other links tagged “Launch”");
  const steps = life(page).getByRole("table", { name: "Clicks per 24 hours since the first click" }).getByRole("row");
  // A row of heads, and the day that isn’t over.
  await expect(steps).toHaveCount(Math.floor((Date.now() - FIRST) / DAY) + 2);
  await expect(steps.nth(2).getByRole("cell")).toHaveText(["5", "1", "1"]);
  const changes = region(page, "Destination changes").getByRole("listitem").filter({ visible: true });
  await expect(changes).toHaveText([
    /shop\.example\/4.*shop\.example\/5$/,
    /javascript:alert\(1\).*\/4$/,
    /\/2.*javascript/,
  ]);
  await page.getByText("Show 1 earlier").click();
  await expect(changes).toHaveCount(4);
  // Somebody comes again.
  expect((await deliver(clicked(OLD, Date.now() - HOUR))).status).toBe(202);
  await page.reload();
  await expect(life(page)).toContainText("In the last 30 days: 1 click. Most often:");
  await life(page).getByRole("link", { name: "Germany" }).click();
  await expect(page).toHaveURL(/interval=30d&country=DE/);
  await expect(total(page)).toHaveText("1");
});

test("values that all clicks share are lines instead of cards, and still filter", async ({ page }) => {
  await visit(page, `/links/${OLD.id}?interval=all`);
  const same = region(page, "Same for all clicks");
  await expect(same).toContainText(/Same for all \d clicks/);
  await expect(region(page, "Device")).toHaveCount(0);
  await expect(region(page, "Trigger").getByRole("listitem")).toHaveCount(2);
  await same.getByRole("link", { name: "Mobile" }).click();
  await expect(page).toHaveURL(/device=Mobile/);
  await expect(region(page, "Device").getByRole("listitem")).toHaveCount(1);
});

test("every total leads to its clicks, with the whole question", async ({ page }) => {
  await visit(page, `/links/${OLD.id}?interval=all&country=FR`);
  await expect(region(page, "Newest clicks").getByRole("listitem")).toHaveCount(5);
  await page.getByRole("link", { name: "See all 5 clicks" }).click();
  await expect(page).toHaveURL(/\/events\?.*country=FR/);
  const rows = page
    .getByRole("grid")
    .getByRole("row")
    .filter({ has: page.getByRole("gridcell") });
  await expect(rows).toHaveCount(5);
  await visit(page, "/?interval=all&country=FR&compare=previous");
  await page.getByRole("link", { name: "See these clicks" }).click();
  await expect(page).toHaveURL(/\/events\?.*interval=all.*country=FR/);
  await expect(rows).toHaveCount(5);
});

test("a link with an odd id is carried along, and one click or none is said in words", async ({ page }) => {
  await visit(page, `/links/${encodeURIComponent(ODD.id)}?interval=all`);
  await expect(fact(page, "Half-life")).toContainText("one click has none");
  await expect(region(page, "Same for all clicks")).toContainText("Its one click");
  await page.keyboard.press("3");
  await expect(page).toHaveURL(/\/events\?/);
  const rows = page
    .getByRole("grid")
    .getByRole("row")
    .filter({ has: page.getByRole("gridcell") });
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("go.example/odd");
  await visit(page, `/links/${UNCLICKED.id}`);
  await expect(life(page)).toContainText("No clicks yet.");
  await expect(region(page, "No clicks")).toContainText("This link has no clicks yet.");
  await expect(page.getByRole("link", { name: /^See/ })).toHaveCount(0);
});

testEveryLook("the life of a link is accessible and fits", async (page) => {
  for (const path of [
    `/links/${OLD.id}?interval=all`,
    `/links/${encodeURIComponent(ODD.id)}`,
    `/links/${UNCLICKED.id}`,
  ]) {
    await page.goto(path);
    await expectSound(page);
  }
});
