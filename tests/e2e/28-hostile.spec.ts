import { expect, type Page } from "@playwright/test";
import { clickPayload } from "../factory";
import { deliver, serverUrl, signIn, visit } from "../setup/e2e";
import { emptied } from "../setup/emptied";
import { test } from "../setup/installation";

/** Whatever reads it as HTML, as part of an attribute, of a script, of a style or of an address shows it. */
const HOSTILE = `"'><img data-hacked src=x onerror=hacked()></script></style></title><svg data-hacked onload=hacked()>`;
const ADDRESS = `javascript:hacked()//"'><img data-hacked src=x>`;

/** Every text of an object is hostile, but for those that would make it another one. */
const spoiled = (names: string[], text: string) => Object.fromEntries(names.map((name) => [name, `${name} ${text}`]));

const WORDS = ["city", "device", "browser", "os", "ua", "referer"];
const LINK_WORDS = ["key", "title", "description", "comments", "externalId", "tenantId", "image"];

test.beforeAll(emptied);

test.beforeAll(async () => {
  for (let index = 0; index < 6; index++) {
    const link = {
      ...{ id: `link_hostile_${index % 2}`, ...spoiled(LINK_WORDS, HOSTILE), domain: `go.example.com`, url: ADDRESS },
      ...{
        shortLink: `https://go.example.com/${encodeURIComponent(HOSTILE)}${index % 2}`,
        folderId: `fold_${HOSTILE}`,
      },
      tags: [{ id: `tag_${HOSTILE}`, name: HOSTILE, color: HOSTILE }],
    };
    const click = {
      ...{ id: `hostile ${index} ${HOSTILE}`, timestamp: new Date(Date.now() - index * 3_600_000).toISOString() },
      ...{ ...spoiled(WORDS, HOSTILE), country: "DE", region: HOSTILE, continent: "EU", ip: `198.51.100.${index}` },
      ...{ url: index % 2 ? ADDRESS : `https://shop.example/?utm_source=${encodeURIComponent(HOSTILE)}#${HOSTILE}` },
      ...{ refererUrl: index % 3 ? ADDRESS : `https://news.example/${encodeURIComponent(HOSTILE)}`, trigger: "link" },
    };
    expect((await deliver(clickPayload({ id: `evt ${index} ${HOSTILE}`, click, link }))).status).toBe(202);
  }
  await deliver({ event: HOSTILE, id: HOSTILE, data: { link: { title: HOSTILE } } });
});

/** Nothing of a text has become part of the page, and no address of the page runs anything. */
async function expectHarmless(page: Page, refusedByPolicy: string[]): Promise<void> {
  await expect(page.locator("[data-hacked]"), page.url()).toHaveCount(0);
  const schemes = await page.evaluate(() => {
    const addresses = [...document.querySelectorAll("[href], [src], [action], [formaction]")].flatMap((element) =>
      ["href", "src", "action", "formaction"].map((name) => element.getAttribute(name) ?? ""),
    );
    return addresses.filter((address) => /^\s*(javascript|vbscript|data:text)/i.test(address));
  });
  expect(schemes, page.url()).toEqual([]);
  expect(refusedByPolicy, page.url()).toEqual([]);
}

test("nothing that a delivery or a person writes becomes part of a page", async ({ page, browser }) => {
  test.slow();
  const refused: string[] = [];
  const watch = (of: Page) => {
    of.on("console", (message) => {
      if (/Content Security Policy|hacked/.test(message.text())) refused.push(message.text());
    });
    of.on("pageerror", (error) => refused.push(String(error)));
    of.on("dialog", (dialog) => refused.push(dialog.message()));
  };
  watch(page);
  await signIn(page);
  const send = (path: string, data: object) =>
    page.request.post(`${serverUrl()}${path}`, { data, headers: { Origin: serverUrl() } });
  for (const [path, data] of [
    ["/api/notes", { text: HOSTILE, at: new Date().toISOString().slice(0, 10) }],
    ["/api/views", { name: HOSTILE.slice(0, 60), path: "/", query: "interval=all", shared: true }],
    ["/api/keys", { name: HOSTILE.slice(0, 60) }],
    ["/api/secrets", { name: HOSTILE.slice(0, 60), value: `whsec_${"x".repeat(32)}` }],
  ] as const) {
    const answer = await send(path, data);
    expect([200, 201], `${path}: ${await answer.text()}`).toContain(answer.status());
  }
  const RANGE = "interval=all&bots=include&timezone=UTC&weekStart=monday";
  const linkId = "link_hostile_0";
  for (const path of [
    ...["/", "/links", "/events", "/compare", "/deliveries", "/health", `/links/${linkId}`],
    ...["/settings", "/settings/keys", "/settings/people", "/settings/shares", "/settings/audit", "/settings/privacy"],
    `/?city=${encodeURIComponent(`city ${HOSTILE}`)}&browser.contains=${encodeURIComponent(HOSTILE)}`,
    `/?utm_source=${encodeURIComponent(HOSTILE)}&nonsense=${encodeURIComponent(HOSTILE)}`,
    `/compare?links=link_hostile_0,link_hostile_1`,
  ]) {
    await visit(page, `${path}${path.includes("?") ? "&" : "?"}${RANGE}`);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
    if (/^\/(links|events|compare|deliveries)?$/.test(path))
      await expect(page.locator("main")).toContainText("data-hacked");
    await expectHarmless(page, refused);
  }

  await test.step("what opens on a page", async () => {
    await visit(page, `/events?${RANGE}`);
    await page.locator('[aria-rowindex="2"]').last().getByRole("gridcell").nth(2).click();
    await expect(page).toHaveURL(/[?&]click=\d+/);
    await expectHarmless(page, refused);
    await visit(page, `/?${RANGE}`);
    const chart = page.getByRole("region", { name: "Clicks", exact: true }).locator("svg").first();
    const box = await chart.boundingBox();
    if (!box) throw new Error("There is a chart");
    for (const part of [0.2, 0.5, 0.98]) await page.mouse.move(box.x + box.width * part, box.y + box.height / 2);
    await expectHarmless(page, refused);
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("img");
    await expect(page.getByRole("option").first()).toBeVisible();
    await expectHarmless(page, refused);
    await page.keyboard.press("Escape");
    await page.keyboard.press("f");
    await page.keyboard.type("city");
    await page.keyboard.press("Enter");
    await expectHarmless(page, refused);
  });

  await test.step("the page of a share link, and its picture", async () => {
    const share = { name: HOSTILE.slice(0, 60), path: `/links/${linkId}`, query: RANGE, hasPicture: true };
    const { path } = await (await send("/api/shares", share)).json();
    const reader = await (await browser.newContext({ baseURL: serverUrl() })).newPage();
    watch(reader);
    await visit(reader, path);
    await expect(reader.getByText("data-hacked").first()).toBeAttached();
    await expectHarmless(reader, refused);
    expect((await reader.request.get(`${serverUrl()}${path}/picture`)).status()).toBe(200);
  });

  await test.step("files", async () => {
    const csv = await (await page.request.get(`${serverUrl()}/api/export/cities.csv?${RANGE}`)).text();
    expect(csv).toContain("data-hacked");
    for (const file of ["all.zip", "events.csv", "cities.csv"]) {
      const address = `${serverUrl()}/api/export/${file}?${RANGE}&city=${encodeURIComponent(HOSTILE)}`;
      const name = (await page.request.get(address)).headers()["content-disposition"];
      expect(name).toMatch(/^attachment; filename="footfall-[\w.-]+"$/);
    }
  });
  await expect(page).not.toHaveTitle(/^hacked/);
});
