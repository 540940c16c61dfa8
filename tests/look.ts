import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { build, isBuilt } from "@/scripts/build";
import { run } from "@/scripts/run";
import { Failure, runCommand, say, step } from "@/scripts/steps";
import { linkPayload } from "./factory";
import { findBrowser } from "./setup/browser";
import { deliver, lock, OWNER, SECRET, signIn, sql, under } from "./setup/e2e";
import { freePort, startFootfall } from "./setup/footfall";

const DIRECTORY = "looks";
const HELP = `npm run look -- [options]

Takes pictures of every page on a server of its own, at four widths, light and dark, in many states, and puts them on one
contact sheet: ${DIRECTORY}/index.html and ${DIRECTORY}/contact-sheet.png.

  --only TEXT       only pictures whose name contains this, such as "links" or "390-dark"
  --clicks NUMBER   clicks of the demo data (default 12000)
  --readme          also replaces the pictures of the README`;

const WIDTHS = { 390: 844, 820: 1_180, 1440: 900, 1920: 1_080 } as const;
const THEMES = ["light", "dark"] as const;
const LONG = "A very long title that somebody typed without ever looking at how it is shown in a table ".repeat(3);
const ARABIC = "إطلاق مجموعة الخريف الجديدة في جميع المتاجر";
const MANY_LINKS = 2_000;
const FILTERED = "country=US,DE&device=Mobile&referer.contains=o&compare=previous";

/** A picture: its name, the path, and what to do once the page is there. */
type Look = { name: string; path: string; act?: (page: Page) => Promise<void> };

const EMPTY: readonly Look[] = [
  { name: "empty-overview", path: "/" },
  { name: "empty-links", path: "/links" },
  { name: "empty-events", path: "/events" },
  { name: "empty-deliveries", path: "/deliveries" },
  { name: "empty-health", path: "/health" },
];
const FULL: readonly Look[] = [
  { name: "overview", path: "/" },
  { name: "overview-filtered", path: `/?${FILTERED}` },
  { name: "overview-no-result", path: "/?country=AQ&device=Tablet" },
  { name: "overview-unknown-parameter", path: "/?colour=red" },
  {
    name: "overview-panel",
    path: "/",
    act: async (page) => {
      await page
        .getByRole("link", { name: /^Show all/ })
        .first()
        .click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "overview-notes",
    path: "/",
    act: async (page) => {
      await page.getByRole("button", { name: /^2 notes/ }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "overview-why",
    path: "/",
    act: async (page) => {
      await page.getByRole("button", { name: "Why these numbers: Clicks over time" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "links", path: "/links" },
  {
    name: "links-selected",
    path: "/links?sort=change",
    act: async (page) => {
      for (const index of [1, 2, 4])
        await page
          .getByRole("checkbox", { name: /^Select / })
          .nth(index)
          .check();
    },
  },
  { name: "link", path: "/links/link_demo_autumn" },
  { name: "link-qr", path: "/links/link_demo_menu?interval=7d&device=Mobile" },
  { name: "compare", path: "/compare?linkId=link_demo_autumn,link_demo_launch,link_demo_guide" },
  { name: "events", path: "/events" },
  {
    name: "events-panel",
    path: "/events",
    act: async (page) => {
      await page.getByRole("row").nth(2).getByRole("gridcell").first().click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "deliveries", path: "/deliveries" },
  {
    name: "deliveries-panel",
    path: "/deliveries",
    act: async (page) => {
      const list = page.getByRole("table", { name: "Deliveries, newest first" });
      await list.getByRole("row").nth(2).getByRole("cell").nth(1).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "health", path: "/health" },
  { name: "settings", path: "/settings" },
  { name: "settings-people", path: "/settings/people" },
  {
    name: "settings-invite",
    path: "/settings/people",
    act: async (page) => {
      await page.getByRole("button", { name: "Invite somebody" }).click();
      await page.getByLabel("Limit to some links").check();
    },
  },
  { name: "settings-keys", path: "/settings/keys" },
  {
    name: "settings-key-form",
    path: "/settings/keys",
    act: async (page) => {
      await page.getByRole("button", { name: "Make a key" }).click();
      await page.getByLabel("Limit to some links").check();
      await page.getByRole("button", { name: "Make key" }).click();
      await page.getByText("Enter a name").waitFor();
    },
  },
  { name: "settings-audit", path: "/settings/audit" },
  { name: "not-found", path: "/no-such-page" },
];
const NAMES: readonly Look[] = [
  { name: "long-names-links", path: "/links?interval=all" },
  { name: "long-names-link", path: "/links/link_look_long" },
];
const MANY: readonly Look[] = [{ name: "many-links", path: "/links?interval=all" }];
const WAITING: readonly Look[] = [{ name: "waiting-link", path: "/links/link_demo_autumn?interval=all" }];
const SIGNED_OUT: readonly Look[] = [{ name: "sign-in", path: "/login" }];

/** Pictures of the README, which show one screen. */
const README: Partial<Record<string, string>> = {
  "overview-1440-light": "overview",
  "overview-390-light": "phone",
  "overview-panel-1440-dark": "all-rows",
};

async function sendLinks(links: { id: string; title: string; key: string }[]): Promise<void> {
  const queue = links.values();
  const work = async () => {
    for (const link of queue) {
      const { status } = await deliver(linkPayload("link.created", { ...link, id: link.id }));
      if (status !== 202) throw new Failure(`The server answered ${status} to a delivery.`);
    }
  };
  await Promise.all(Array.from({ length: 16 }, work));
}

async function sendDemo(url: string, clicks: string): Promise<void> {
  const args = ["--conditions=react-server", "--import", "tsx", "scripts/demo.ts", "--no-live"];
  const options = ["--url", url, "--secret", SECRET, "--clicks", clicks];
  const { code, output } = await run(process.execPath, [...args, ...options]);
  if (code !== 0) throw new Failure(output.trim());
}

/** What the demo has not: a folder of many links, and links that led elsewhere. */
async function shareFolder(): Promise<void> {
  await sql("update link set folder_id = 'fold_look'");
  await sql("insert into folder (id, name) values ('fold_look', 'Autumn 2026')");
  await sql(`insert into destination (link_id, since, url)
    select id, first + age * interval '4 days', 'https://shop.example.com/' || key || '?version=' || age
    from link join (select link_id, min(clicked_at) as first from click group by link_id) as life on link_id = id,
      generate_series(1, 5) as age
    where id in ('link_demo_autumn', 'link_demo_store')`);
}

async function makeKeys(): Promise<void> {
  await sql(`insert into api_key (id, name, hash, hint, scopes, links, per_minute, expires_at, last_used_at, revoked_at)
    select name, name, sha256(name::bytea), 'x7Qa', scopes::jsonb, links::jsonb, 600, now() + expires, now() - used, revoked
    from (values
      ('Weekly report', '["read", "export"]', null, null::interval, interval '3 hours', null::timestamptz),
      ('Client dashboard of the Hamburg store', '["read"]',
        '{"linkId": ["link_demo_store"], "domain": [], "tagId": [], "folderId": ["fold_look"]}', '90 days', null, null),
      ('Old spreadsheet', '["export"]', null, null, '40 days', now())) as keys (name, scopes, links, expires, used, revoked)`);
  await sql(`insert into audit (action, "by", by_name, target, detail, address, agent) values
    ('key.create', 'person', 'owner@example.com', 'Client dashboard of the Hamburg store',
      '{"scopes": ["read"], "links": {"folderId": ["fold_look"]}}', '203.0.113.7', 'Mozilla/5.0'),
    ('session.refuse', 'nobody', 'somebody@example.org', null, '{}', '2001:db8:85a3:8d3:1319:8a2e:370:7348', 'curl/8'),
    ('export.download', 'key', 'Weekly report', 'countries.csv?interval=7d&timezone=Europe%2FBerlin&bots=exclude', '{}',
      '203.0.113.9', 'python-requests/2.32')`);
}

async function invitePeople(): Promise<void> {
  await sql(`insert into "user" (id, name, email, role, may_export, links) values
    ('look-anna', 'anna', 'anna.schmidt@agency.example', 'admin', true, null),
    ('look-client', 'client', 'client@hamburg-store.example', 'viewer', false,
      '{"linkId": ["link_demo_store"], "domain": [], "tagId": [], "folderId": ["fold_look"]}')`);
  await sql(`insert into invitation (id, hash, email, role, may_export, created_by, expires_at)
    select 'look', sha256('look'), 'ben@agency.example', 'member', true, id, now() + interval '6 days'
    from "user" where email = 'owner@example.com'`);
}

async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(() => !document.querySelector('[data-pending], [aria-busy="true"]'));
}

async function writeNotes(): Promise<void> {
  await sql(`insert into note (id, at, whole_day, text, link_id)
    select text, date_trunc('day', now(), 'UTC') - days * interval '1 day', true, text, link from (values
      (3, 'Newsletter 12 sent', null),
      (11, 'Autumn campaign starts', null),
      (11, 'Printed menus went out to every store in the north, and the posters in the stations came down', null),
      (20, 'New destination', 'link_demo_autumn')) as notes (days, text, link)`);
}

/** Takes all pictures of some pages. Without `isSettled` what is waited for is part of the picture. */
async function take(browser: Browser, looks: readonly Look[], only: string, isSignedIn = true, isSettled = true) {
  for (const [width, height] of Object.entries(WIDTHS)) {
    for (const theme of THEMES) {
      const wanted = looks.filter(({ name }) => `${name}-${width}-${theme}`.includes(only));
      if (wanted.length === 0) continue;
      const viewport = { width: Number(width), height };
      const options = { baseURL: under.test.url, viewport, colorScheme: theme, locale: "en-GB" };
      const context: BrowserContext = await browser.newContext({ ...options, reducedMotion: "reduce" });
      const page = await context.newPage();
      if (isSignedIn) await signIn(page);
      // Not for longer: what waits keeps its connection.
      const release = isSettled ? null : await lock("click");
      for (const { name, path, act } of wanted) {
        await page.goto(path, { waitUntil: isSettled ? "load" : "commit" });
        if (isSettled) await settle(page);
        else await page.waitForSelector("main");
        if (act) await act(page).then(() => settle(page));
        // The bottom bar of a phone stands at the end of a whole page rather than across its middle.
        const style = act ? "" : "nav.fixed { position: static }";
        await page.screenshot({ path: join(DIRECTORY, `${name}-${width}-${theme}.png`), fullPage: !act, style });
        const image = README[`${name}-${width}-${theme}`];
        if (image) await page.screenshot({ path: join(DIRECTORY, "readme", `${image}.png`) });
      }
      await release?.();
      await context.close();
    }
  }
}

async function contactSheet(browser: Browser): Promise<void> {
  const names = readdirSync(DIRECTORY).filter((name) => name.endsWith(".png") && name !== "contact-sheet.png");
  const figures = names.map(
    (name) => `<figure><a href="${name}"><img src="${name}"></a><figcaption>${name}</figcaption></figure>`,
  );
  writeFileSync(
    join(DIRECTORY, "index.html"),
    `<!doctype html><meta charset="utf-8"><title>Looks</title><style>
body { display: grid; grid-template-columns: repeat(8, 1fr); gap: 12px; margin: 12px; font: 11px sans-serif; background: #999 }
figure { margin: 0 } img { width: 100%; height: 260px; object-fit: cover; object-position: top; background: #fff }
</style>${figures.join("\n")}`,
  );
  const page = await browser.newPage({ viewport: { width: 2_000, height: 1_000 } });
  await page.goto(pathToFileURL(join(DIRECTORY, "index.html")).href);
  await page.screenshot({ path: join(DIRECTORY, "contact-sheet.png"), fullPage: true });
  await page.close();
}

async function look(): Promise<void> {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const options = { only: { ...text, default: "" }, clicks: { ...text, default: "12000" }, readme: flag, help: flag };
  const { only, clicks, readme, help } = parseArgs({ options }).values;
  if (help) return say(HELP);
  const executablePath = await findBrowser();
  if (!isBuilt()) await step("Production build", () => build());
  rmSync(DIRECTORY, { recursive: true, force: true });
  mkdirSync(DIRECTORY);
  const directory = mkdtempSync(join(tmpdir(), "footfall-look-"));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const account = { ADMIN_EMAIL: OWNER.email, ADMIN_PASSWORD: OWNER.password };
  const server = startFootfall({ PORT: String(port), DATA_DIR: directory, DUB_WEBHOOK_SECRET: SECRET, ...account });
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath, args });
  under.test = { url, directory };
  try {
    await step("Server", () => server.line("Footfall is ready"));
    await step("Signed out", () => take(browser, SIGNED_OUT, only, false));
    await step("Before the first click", () => take(browser, EMPTY, only));
    await step("Demo data", () => sendDemo(url, clicks));
    await shareFolder();
    await writeNotes();
    await makeKeys();
    await invitePeople();
    await step("With data", () => take(browser, FULL, only));
    await step("Waiting", () => take(browser, WAITING, only, true, false));
    await sendLinks([
      { id: "link_look_long", key: "long", title: LONG },
      { id: "link_look_arabic", key: "خريف", title: ARABIC },
    ]);
    await step("Long names", () => take(browser, NAMES, only));
    const many = Array.from({ length: MANY_LINKS }, (_, n) => ({
      id: `link_look_${n}`,
      key: `k-${n}`,
      title: `Link ${n}`,
    }));
    await step("2,000 links", () => sendLinks(many).then(() => take(browser, MANY, only)));
    await step("Contact sheet", () => contactSheet(browser));
  } finally {
    await browser.close();
    process.kill(server.pid, "SIGTERM");
    await server.exit;
    rmSync(directory, { recursive: true });
  }
  if (readme) cpSync(join(DIRECTORY, "readme"), "docs/images", { recursive: true });
  say(`Open ${DIRECTORY}/index.html.`);
}

await runCommand(look, HELP);
