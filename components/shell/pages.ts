/** The pages of the main navigation, in order. `ranged` are those whose numbers are of a range of days. */
export const PAGES = [
  { href: "/", label: "Overview", ranged: true },
  { href: "/links", label: "Links", ranged: true },
  { href: "/events", label: "Events", ranged: true },
  { href: "/deliveries", label: "Deliveries", ranged: false },
] as const;

/** Pages that are visited now and then: behind an icon, and in the palette. */
export const OTHER_PAGES = [
  { href: "/settings", label: "Settings" },
  { href: "/health", label: "Health" },
] as const;

/** A range by its name in the address and in words. */
export type RangeChoice = { interval: string; words: string };

const CARRIED = [
  ...["interval", "start", "end", "timezone", "bots"],
  ...["compare", "compareAlign", "compareStart", "compareEnd"],
];

/** The parameters to carry to another page. */
export function carried(params: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...params].filter(([name, value]) => value !== "" && CARRIED.includes(name)));
}

/** The link whose own page a path is, as it stands in the path, or null. */
export function linkOfPath(path: string): string | null {
  return /^\/links\/([^/]+)$/.exec(path)?.[1] ?? null;
}

/** Whether a page's numbers are of a range of days. */
export function isRanged(path: string): boolean {
  return linkOfPath(path) !== null || PAGES.some(({ href, ranged }) => ranged && href === path);
}
