import { readdirSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";

const { CHROMIUM_PATH } = process.env;
const DIRECTORY = "tests/e2e";
const SPEC = ".spec.ts";
/**
 * What Playwright turns off and this list, which takes its place: of it what matters here, and the pages that draw the
 * address bar's menus, which nobody sees and which take an eighth of the time.
 */
const FEATURES_OFF = [
  ...["HttpsUpgrades", "OptimizationHints", "NetworkTimeServiceQuerying", "PaintHolding", "PreconnectToSearch"],
  ...["AimEnabled", "Translate", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"],
];
/**
 * Specs about the account, about settings or about what the server says of itself: each has a server of its own, since
 * workers are not shared by projects. The others empty the server that their worker has started.
 */
const OWN_SERVER = [
  "1-first-visit",
  "11-settings",
  "17-account",
  "20-keys",
  "21-people",
  "22-two-factor",
  "23-shares",
  "24-privacy",
  "25-proxy-sign-in",
  "26-provider-and-mail",
  "27-doors",
];
const specs = readdirSync(DIRECTORY).filter((name) => name.endsWith(SPEC));
const nameOf = (spec: string) => spec.slice(0, -SPEC.length);
const use = devices["Desktop Chrome"];

export default defineConfig({
  testDir: DIRECTORY,
  workers: 3,
  // On a machine that is busy with something else a page takes its time, and axe looks at two hundred links one by one.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // A second attempt has a fresh server; the test command names what needed it.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.E2E_REPORT ? [["list"], ["json", { outputFile: process.env.E2E_REPORT }]] : "list",
  use: {
    locale: "en-GB",
    launchOptions: {
      ...(CHROMIUM_PATH && { executablePath: CHROMIUM_PATH }),
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        ...["--disable-gpu", "--disable-quic", "--no-first-run"],
        `--disable-features=${FEATURES_OFF}`,
        ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
      ],
    },
  },
  projects: [
    { name: "emptied", testMatch: specs.filter((name) => !OWN_SERVER.includes(nameOf(name))), use },
    ...OWN_SERVER.map((name) => ({ name, testMatch: `${name}${SPEC}`, use })),
  ],
});
