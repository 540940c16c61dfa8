import { expect, type Page } from "@playwright/test";
import { clickPayload } from "../factory";
import { deliver } from "../setup/e2e";

/** More than three pages, some at the same moment. */
export const CLICKS = 330;
export const START = Date.UTC(2025, 5, 15, 12);

const [LIST, MENU] = ["list", "menu"].map((key) => ({
  id: `link_events_${key}`,
  key,
  title: `The ${key}`,
  shortLink: `https://events.example.com/${key}`,
}));

/** Only these clicks, whatever else the server has. */
export const RANGE = "start=2025-06-15&end=2025-06-15";

const VISITORS = 41;
const COUNTRIES = ["DE", "US", "FR"];

/** The click number `index`, one a minute; each fifth has the moment of the one before. */
function payload(index: number) {
  const minute = index % 5 === 4 ? index - 1 : index;
  return clickPayload({
    id: `evt_events_${index}`,
    click: {
      id: `events_${index}`,
      timestamp: new Date(START + minute * 60_000).toISOString(),
      country: COUNTRIES[index % 3],
      region: null,
      city: null,
      browser: index % 2 === 0 ? "Chrome" : "Firefox",
      referer: "news.example",
      ip: `192.0.2.${index % VISITORS}`,
    },
    link: { ...(index % 4 === 0 ? MENU : LIST) },
  });
}

/** Sends them one after the other: of clicks of the same moment the one that was stored last is the newest. */
export async function deliverClicks(): Promise<void> {
  for (let index = 0; index < CLICKS; index++) expect((await deliver(payload(index))).status).toBe(202);
}

export const grid = (page: Page) => page.getByRole("grid", { name: "Clicks, newest first" });
export const rows = (page: Page) =>
  grid(page)
    .getByRole("row")
    .filter({ has: page.getByRole("gridcell") });
export const panel = (page: Page) => page.getByRole("dialog");
export const heads = (page: Page) => grid(page).getByRole("columnheader");

/** The first link of this name that appears in a cell when the pointer rests on it. */
export async function offered(page: Page, name: string) {
  const cell = grid(page)
    .getByRole("gridcell")
    .filter({ has: page.getByRole("link", { name }) })
    .first();
  await cell.hover();
  return cell.getByRole("link", { name });
}
