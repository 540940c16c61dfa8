import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** The rules whose outcome the theme decides. */
const RULES_OF_COLOR = ["color-contrast", "link-in-text-block"];

const MODAL = "dialog:modal";

/**
 * Without frames, which no page has, and without the addresses of what is right: most of an audit's time goes there. While
 * a dialog is open nobody reaches what lies behind it.
 */
async function audit(page: Page): Promise<AxeBuilder> {
  // To read half a megabyte again takes a good part of the time.
  const isThere = await page.evaluate(() => "axe" in window);
  const builder = new AxeBuilder({ page, ...(isThere && { axeSource: ";" }) });
  const axe = builder.setLegacyMode().options({ resultTypes: ["violations"] });
  return (await page.locator(MODAL).count()) > 0 ? axe.include(MODAL) : axe;
}

async function expectNothing(page: Page, axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze();
  const findings = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
  expect(findings, page.url()).toEqual([]);
}

/**
 * Fails with the rule, the element and the reason for everything that axe finds on the page as it stands, in the
 * browser's theme and in the other one.
 */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNothing(page, await audit(page));
  const isDark = await page.evaluate(() => window.matchMedia("(prefers-color-scheme: dark)").matches);
  await page.emulateMedia({ colorScheme: isDark ? "light" : "dark" });
  await expectNothing(page, (await audit(page)).withRules(RULES_OF_COLOR));
  await page.emulateMedia({ colorScheme: isDark ? "dark" : "light" });
}
