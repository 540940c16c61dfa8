import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, expect, type Page } from "@playwright/test";
import { clickPayload } from "../factory";
import { deliver, serverUrl, signIn } from "../setup/e2e";
import { freePort } from "../setup/footfall";
import { test } from "../setup/installation";
import { expectSound } from "../setup/looks";

const HOSTILE = `<img src=x onerror="document.title='run'">`;
const PASSWORD = "correct horse battery";

/** Somebody without an account, who notes what their browser asks others for. */
async function reader(browser: Browser): Promise<{ page: Page; foreign: string[] }> {
  const context = await browser.newContext({ baseURL: serverUrl(), timezoneId: "UTC", reducedMotion: "reduce" });
  const page = await context.newPage();
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(serverUrl())) foreign.push(request.url());
  });
  return { page, foreign };
}

async function sendClicks(): Promise<void> {
  const clicks = [
    ...Array.from({ length: 9 }, (_, n) => ({
      link: "own",
      country: "DE",
      city: n < 5 ? "Hamburg" : "Berlin",
      ip: `198.51.100.${n}`,
    })),
    ...Array.from({ length: 6 }, (_, n) => ({ link: "own", country: "US", city: HOSTILE, ip: `203.0.113.${n}` })),
    { link: "own", country: "NZ", city: "Wellington", ip: "203.0.113.99" },
    ...Array.from({ length: 4 }, (_, n) => ({ link: "secret", country: "FR", city: "Paris", ip: `192.0.2.${n}` })),
  ];
  for (const [index, { link, ...from }] of clicks.entries()) {
    const id = `link_${link}`;
    const named = {
      key: link,
      shortLink: `https://go.example.com/${link}`,
      title: link === "own" ? HOSTILE : "Secret",
    };
    const about = { id, domain: "go.example.com", comments: "Internal: margin is 40%", ...named };
    const click = { id: `share ${index}`, timestamp: new Date(Date.now() - index * 60_000).toISOString(), ...from };
    const { status } = await deliver(clickPayload({ id: `share ${index}`, click, link: about }));
    expect(status).toBe(202);
  }
}

async function openForm(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Share this view" })).toBeVisible();
}

/** Makes the link that the form describes. @returns its path */
async function made(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Make link" }).click();
  await expect(page.getByRole("heading", { name: "Share link made" })).toBeVisible();
  const address =
    (await page
      .getByRole("alert")
      .getByText(/\/share\//)
      .first()
      .textContent()) ?? "";
  return new URL(address).pathname;
}

const row = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, level: 3 }) });

/** The total of the page. */
const totalOf = (page: Page) =>
  page.getByRole("region", { name: "Clicks", exact: true }).getByRole("paragraph").first();

const sites: Server[] = [];

/** A web site of its own, with a page that embeds a share link. @returns its address */
async function site(path: string, port = 0): Promise<string> {
  const body = `<h1>Partner</h1><iframe title="Clicks" src="${serverUrl()}${path}" width="900" height="900"></iframe>`;
  const server = createServer((_, response) => response.setHeader("Content-Type", "text/html").end(body));
  sites.push(server);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test.beforeAll(sendClicks);
test.afterAll(() => sites.map((server) => server.close()));

test("a client opens a link's page, filters within it, sees nothing else, and nothing once it is revoked", async ({
  page,
  browser,
}) => {
  await signIn(page);
  await openForm(page, "/links/link_own?interval=7d&timezone=UTC");
  await expectSound(page);
  await page.getByLabel("Name").fill(HOSTILE);
  const path = await made(page);
  await expectSound(page);

  const { page: theirs, foreign } = await reader(browser);
  const response = await theirs.goto(path);
  expect(response?.status()).toBe(200);
  expect(response?.headers()["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(await response?.text()).toContain('content="no-referrer"');
  await expect(theirs.getByRole("heading", { name: HOSTILE, level: 1 })).toBeVisible();
  await expect(totalOf(theirs)).toHaveText("16");
  await expectSound(theirs);
  // Nothing leads to a page, a download or data that asks for an account.
  const leads = await theirs.locator("a[href]").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  expect(leads.length).toBeGreaterThan(5);
  expect(leads.filter((href) => !href?.startsWith(path))).toEqual([]);
  const told = await theirs.content();
  for (const secret of [
    "margin is 40%",
    "link_secret",
    "go.example.com/secret",
    "Paris",
    "198.51.100.",
    "Mozilla/5.0 (Mac",
  ])
    expect(told).not.toContain(secret);
  await expect(theirs.getByRole("button", { name: /^Why|Add a note|Views|Export/ })).toHaveCount(0);

  await theirs
    .getByRole("region", { name: "Country" })
    .getByRole("link", { name: /Germany/ })
    .click();
  await expect(totalOf(theirs)).toHaveText("9");
  await theirs.getByRole("link", { name: "Cities" }).click();
  await expect(theirs.getByRole("region", { name: "City" }).getByText("Hamburg")).toBeVisible();
  await theirs.getByRole("link", { name: "Remove filter Country is Germany" }).click();
  await expect(totalOf(theirs)).toHaveText("16");
  await expect(theirs.getByRole("region", { name: "City" }).getByText(HOSTILE)).toBeVisible();
  // Whatever the address says, it stays this link in this range.
  await theirs.goto(`${path}?linkId=link_secret&interval=all&bots=only&country=FR`);
  await expect(theirs.getByText("No clicks", { exact: false }).first()).toBeVisible();
  expect(await theirs.content()).not.toContain("go.example.com/secret");
  await theirs.goto(`${path}?timezone=Nowhere&start=x&colour=red`);
  await expect(theirs.getByText("colour=red")).toBeVisible();
  await theirs.getByRole("link", { name: "Show without it: colour=red" }).click();
  await expect(totalOf(theirs)).toHaveText("16");
  await theirs.setViewportSize({ width: 390, height: 844 });
  await theirs.emulateMedia({ colorScheme: "dark" });
  await expectSound(theirs);
  await expect(theirs).not.toHaveTitle("run");
  expect(foreign).toEqual([]);

  await page.getByRole("link", { name: "Settings, Share links" }).click();
  await expect(row(page, HOSTILE).getByText(/^[345] views/)).toBeVisible();
  await expectSound(page);
  await page.getByRole("button", { name: `Revoke ${HOSTILE}` }).click();
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(row(page, HOSTILE).getByText("Revoked", { exact: true })).toBeVisible();
  expect((await theirs.goto(path))?.status()).toBe(404);
  await expect(theirs.getByText("This link doesn’t work any more.")).toBeVisible();
  await expectSound(theirs);
});

test("a password, small counts and chosen cards", async ({ page, browser }) => {
  await signIn(page);
  await openForm(page, "/?interval=7d&timezone=UTC&country=DE,US,NZ&compare=previous");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Make link" }).click();
  await expect(page.getByText("Use at least 8 characters.", { exact: true })).toBeVisible();
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByText("More options").click();
  await page.getByLabel("Hide numbers below").fill("5");
  await expect(page.getByLabel("Readers may add filters")).not.toBeChecked();
  await page.getByRole("checkbox", { name: "Map" }).uncheck();
  await page.getByRole("checkbox", { name: "Campaigns" }).uncheck();
  await expectSound(page);
  const path = await made(page);

  const { page: theirs } = await reader(browser);
  await theirs.goto(path);
  await expect(theirs.getByRole("heading", { name: "Password needed" })).toBeVisible();
  await expectSound(theirs);
  expect(await theirs.content()).not.toContain("All links");
  await theirs.getByLabel("Password").fill("something else");
  await theirs.getByRole("button", { name: "Open" }).click();
  await expect(theirs.getByText("Wrong password.")).toBeVisible();
  await theirs.getByLabel("Password").fill(PASSWORD);
  await theirs.getByRole("button", { name: "Open" }).click();
  await expect(theirs.getByRole("heading", { name: "All links" })).toBeVisible();
  await expect(totalOf(theirs)).toHaveText("16");
  await expect(theirs.getByText("Numbers below 5 aren’t shown.")).toBeVisible();
  const places = theirs.getByRole("region", { name: "Country" });
  await expect(places.getByText("Germany")).toBeVisible();
  // New Zealand's one click, and America's six, which would tell it.
  await expect(places.getByText("New Zealand")).toHaveCount(0);
  await expect(places.getByText("United States")).toHaveCount(0);
  await expect(places.getByRole("link", { name: /Germany/ })).toHaveCount(0);
  await expect(theirs.getByRole("region", { name: "Map" })).toHaveCount(0);
  await expect(theirs.getByRole("navigation", { name: "Campaigns" })).toHaveCount(0);
  await theirs.goto(`${path}?show=campaigns`);
  await expect(totalOf(theirs)).toHaveText("16");
  await expect(theirs.getByRole("dialog")).toHaveCount(0);
  await expectSound(theirs);
  // Another browser has to enter it again.
  const { page: others } = await reader(browser);
  await others.goto(path);
  await expect(others.getByRole("heading", { name: "Password needed" })).toBeVisible();
});

test("a site that may embed a share link shows it, and another one doesn't", async ({ page, browser }) => {
  const partner = await freePort();
  await signIn(page);
  await openForm(page, "/?interval=7d&timezone=UTC");
  await page.getByLabel("Name").fill("Embedded");
  await page.getByText("More options").click();
  await page.getByLabel("Sites that may embed it").fill("somebody@partner.example");
  await page.getByRole("button", { name: "Make link" }).click();
  await expect(page.getByText(/^Use the address of a site/)).toBeVisible();
  await page.getByLabel("Sites that may embed it").fill(`http://127.0.0.1:${partner}`);
  await page.getByLabel("A picture with the totals").check();
  const path = await made(page);
  await expect(page.getByText(/<iframe src="/)).toBeVisible();

  const { page: theirs } = await reader(browser);
  const heading = theirs.frameLocator("iframe").getByRole("heading", { name: "Embedded" });
  await theirs.goto(await site(path, partner));
  await expect(heading).toBeVisible();
  const refused = theirs.waitForEvent("console", (message) => /frame-ancestors/.test(message.text()));
  await theirs.goto(await site(path));
  await refused;
  await expect(heading).toHaveCount(0);
  const response = await fetch(`${serverUrl()}${path}`);
  expect(response.headers.get("x-frame-options")).toBeNull();
  const html = await response.text();
  const [, picture = ""] = /property="og:image" content="([^"]+)"/.exec(html) ?? [];
  const image = await fetch(picture);
  expect(image.headers.get("content-type")).toBe("image/png");
  expect(html).toContain("noindex");
});
