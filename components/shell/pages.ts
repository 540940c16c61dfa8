/** Pages of the main navigation, in order. `ranged`: their figures are of a range. */
export const PAGES = [
  { href: "/", label: "Overview", ranged: true },
  { href: "/links", label: "Links", ranged: true },
  { href: "/events", label: "Events", ranged: true },
  { href: "/deliveries", label: "Deliveries", ranged: false },
] as const;

/** Rarely visited pages: behind an icon, and in the palette. */
export const OTHER_PAGES = [
  { href: "/settings", label: "Settings" },
  { href: "/health", label: "Health" },
] as const;

/** A range by its name in the URL and its label. */
export type RangeChoice = { interval: string; words: string };

const CARRIED = [
  ...["interval", "start", "end", "timezone", "bots"],
  ...["compare", "compareAlign", "compareStart", "compareEnd"],
];

/** Parameters to keep on the way to another page. */
export function carried(params: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...params].filter(([name, value]) => value !== "" && CARRIED.includes(name)));
}

/** The link id in the path of a link's page, or null. */
export function linkOfPath(path: string): string | null {
  return /^\/links\/([^/]+)$/.exec(path)?.[1] ?? null;
}

/** Whether a page's figures are of a range. */
export function isRanged(path: string): boolean {
  return linkOfPath(path) !== null || PAGES.some(({ href, ranged }) => ranged && href === path);
}
