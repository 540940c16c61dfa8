import type { Power } from "@/lib/account/roles";

/**
 * Pages of the main navigation, in order. `ranged`: their figures are of a range; `key`: leads there; `needs`: the power
 * without which there is no such page.
 */
export const PAGES = [
  { href: "/", label: "Overview", ranged: true, key: "1", needs: null },
  { href: "/links", label: "Links", ranged: true, key: "2", needs: null },
  { href: "/events", label: "Events", ranged: true, key: "3", needs: null },
  { href: "/compare", label: "Compare", ranged: true, key: "4", needs: null },
  { href: "/deliveries", label: "Deliveries", ranged: false, key: null, needs: "operate" },
] as const;

export type Page = (typeof PAGES)[number];

/** Rarely visited pages: behind an icon, and in the palette. */
export const OTHER_PAGES = [
  { href: "/settings", label: "Settings", needs: null },
  { href: "/health", label: "Health", needs: "operate" },
] as const;

/** Those of some pages that there are for somebody with these powers. */
export const seenPages = <Seen extends { needs: Power | null }>(pages: readonly Seen[], powers: readonly Power[]) =>
  pages.filter(({ needs }) => needs === null || powers.includes(needs));

/**
 * The question of a page, for the way from `path` to another page: range, filters, zone and comparison. A link's page
 * leads to the clicks of that link, and to pages of all links. Pages without a range only get the zone.
 *
 * @param own names of the parameters that say how pages show something; their table is too much for the first load
 */
export function carried(params: URLSearchParams, path: string, to: string, own: readonly string[]): URLSearchParams {
  const entries = [...params].filter(([name, value]) => value !== "" && !own.includes(name));
  if (!isRanged(to)) return new URLSearchParams(entries.filter(([name]) => name === "timezone"));
  const question = new URLSearchParams(to === "/links" ? entries.filter(([name]) => name !== "linkId") : entries);
  const link = linkOfPath(path);
  if (link && to === "/events") question.set("linkId", conditionOf(decodeURIComponent(link)));
  return question;
}

/** A link's id as a condition: what `linksParam` makes of it, whose file is too much for the first load. */
const conditionOf = (id: string): string =>
  (id.startsWith("-") || id === "Unknown" ? "\\" : "") + id.replace(/[\\,]/g, "\\$&");

/** The link id in the path of a link's page, or null. */
export function linkOfPath(path: string): string | null {
  return /^\/links\/([^/]+)$/.exec(path)?.[1] ?? null;
}

/** Whether a page's figures are of a range. */
export function isRanged(path: string): boolean {
  return linkOfPath(path) !== null || PAGES.some(({ href, ranged }) => ranged && href === path);
}
