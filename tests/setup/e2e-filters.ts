import { expect, type Page } from "@playwright/test";
import { clickPayload } from "../factory";
import { deliver } from "./e2e";

/** What these specs count, on links of their own: others send clicks, too. */
export const LINKS = {
  spring: { id: "link_filters_spring", key: "filters-spring", title: "Filters: spring" },
  autumn: { id: "link_filters_autumn", key: "filters-autumn", title: "Filters: autumn" },
};
type Click = { link: keyof typeof LINKS; country: string; os: string; referer: string };
export const CLICKS: Click[] = [
  { times: 5, link: "spring" as const, country: "DE", os: "iOS", referer: "news.google.com" },
  { times: 3, link: "spring" as const, country: "FR", os: "Windows", referer: "google.fr" },
  { times: 2, link: "autumn" as const, country: "US", os: "iOS", referer: "(direct)" },
  { times: 1, link: "autumn" as const, country: "US", os: "Android", referer: "t.co" },
].flatMap(({ times, ...click }) => Array.from({ length: times }, () => click));

const HOUR = Math.floor(Date.now() / 3_600_000) * 3_600_000;

/** Only these clicks. */
export const OWN = "interval=all&title.contains=Filters:";

/** Sends the clicks of both specs about filters and views; sent again, they are duplicates. */
export async function sendFilterClicks(): Promise<void> {
  for (const [at, { link, ...click }] of CLICKS.entries()) {
    const { id, key, title } = LINKS[link];
    const timestamp = new Date(HOUR - at * 60_000).toISOString();
    const payload = clickPayload({
      click: { id: `filters_${at}`, timestamp, region: null, city: null, ...click },
      link: { id, key, title, shortLink: `https://go.example/${key}` },
    });
    expect((await deliver(payload)).status).toBe(202);
  }
}

export const total = (page: Page) => page.getByRole("region", { name: "Clicks" }).getByRole("paragraph").first();
export const dialog = (page: Page) => page.getByRole("dialog");
