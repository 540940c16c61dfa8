import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { serverUrl } from "./e2e";
import { test } from "./installation";

const SIZES = { wide: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;

/** One test on a desk and one on a phone, without motion; whatever it does, nobody else may be asked for anything. */
export function testEveryLook(title: string, work: (page: Page) => Promise<void>): void {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test(`${title}: ${size}`, async ({ page }) => {
      const foreign: string[] = [];
      page.on("request", (request) => {
        if (!request.url().startsWith(serverUrl())) foreign.push(request.url());
      });
      await page.setViewportSize(viewport);
      await page.emulateMedia({ reducedMotion: "reduce" });
      await work(page);
      expect(foreign).toEqual([]);
    });
  }
}

/**
 * Fails when axe finds something on the page once nothing on it is on its way, in either theme, or when it is wider than
 * the screen.
 */
export async function expectSound(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await expect(page.locator('[data-pending], [aria-busy="true"]')).toHaveCount(0);
  await expectAccessible(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, page.url()).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}
