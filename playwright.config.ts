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
const specs = readdirSync(DIRECTORY).filter((name) => name.endsWith(SPEC));

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
  // Workers are not shared by projects: each spec has a server of its own, on which nothing is but what it delivers.
  projects: specs.map((name) => ({
    name: name.slice(0, -SPEC.length),
    testMatch: name,
    use: devices["Desktop Chrome"],
  })),
});
