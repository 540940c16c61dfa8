import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { build, isBuilt } from "@/scripts/build";
import { runCommand, say, step } from "@/scripts/steps";
import { findBrowser } from "./setup/browser";
import { lock, OWNER, SECRET, signIn, under } from "./setup/e2e";
import { freePort, startFootfall } from "./setup/footfall";
import { invitePeople, makeKeys, makeShares, sendDemo, sendLinks, shareFolder, writeNotes } from "./setup/look-data";
import { EMPTY, FULL, type Look, MANY, NAMES, SHARED, SIGNED_OUT, WAITING } from "./setup/look-pages";

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

/** Pictures of the README, which show one screen. */
const README: Partial<Record<string, string>> = {
  "overview-1440-light": "overview",
  "overview-390-light": "phone",
  "overview-panel-1440-dark": "all-rows",
};

async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(() => !document.querySelector('[data-pending], [aria-busy="true"]'));
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
    await makeShares();
    await step("With data", () => take(browser, FULL, only));
    await step("Share links", () => take(browser, SHARED, only, false));
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
