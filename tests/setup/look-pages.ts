import type { Page } from "@playwright/test";

const FILTERED = "country=US,DE&device=Mobile&referer.contains=o&compare=previous";

/** A picture: its name, the path, and what to do once the page is there. */
export type Look = { name: string; path: string; act?: (page: Page) => Promise<void> };

export const EMPTY: readonly Look[] = [
  { name: "empty-overview", path: "/" },
  { name: "empty-links", path: "/links" },
  { name: "empty-events", path: "/events" },
  { name: "empty-deliveries", path: "/deliveries" },
  { name: "empty-health", path: "/health" },
];
export const FULL: readonly Look[] = [
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
  { name: "settings-shares", path: "/settings/shares" },
  {
    name: "share-form",
    path: "/?compare=previous",
    act: async (page) => {
      await page.getByRole("button", { name: "Share", exact: true }).click();
      await page.getByText("More options").click();
    },
  },
  { name: "settings-privacy", path: "/settings/privacy" },
  {
    name: "settings-privacy-preview",
    path: "/settings/privacy",
    act: async (page) => {
      await page.getByLabel("IP addresses").selectOption("Don’t store them");
      await page.getByRole("button", { name: "Save what is stored" }).click();
      await page.getByRole("button", { name: "Save and remove" }).waitFor();
      await page.getByLabel("Link", { exact: true }).check();
      await page.getByRole("textbox", { name: "Link" }).fill("link_demo_menu");
      await page.getByRole("button", { name: "Find" }).click();
      await page.getByText(/^Found /).waitFor();
      await page.getByRole("button", { name: /^Delete what was found/ }).click();
    },
  },
  { name: "settings-audit", path: "/settings/audit" },
  { name: "not-found", path: "/no-such-page" },
];
export const NAMES: readonly Look[] = [
  { name: "long-names-links", path: "/links?interval=all" },
  { name: "long-names-link", path: "/links/link_look_long" },
];
export const MANY: readonly Look[] = [{ name: "many-links", path: "/links?interval=all" }];
export const WAITING: readonly Look[] = [{ name: "waiting-link", path: "/links/link_demo_autumn?interval=all" }];
export const SIGNED_OUT: readonly Look[] = [{ name: "sign-in", path: "/login" }];

export const SHARED: readonly Look[] = [
  { name: "shared-open", path: "/share/look-open" },
  { name: "shared-filtered", path: "/share/look-open?device=Mobile&browser=Chrome" },
  { name: "shared-small", path: "/share/look-small" },
  { name: "shared-password", path: "/share/look-password" },
  { name: "shared-gone", path: "/share/look-gone" },
];
