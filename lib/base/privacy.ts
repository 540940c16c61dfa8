/** How much of clickers' IP addresses is stored, the most first. */
export const KEPT_ADDRESSES = ["full", "truncated", "none"] as const;
export type KeptAddress = (typeof KEPT_ADDRESSES)[number];

/** Whether one stores less than another. */
export const isStricter = (kept: KeptAddress, than: KeptAddress): boolean =>
  KEPT_ADDRESSES.indexOf(kept) > KEPT_ADDRESSES.indexOf(than);

/** How often a visitor becomes a new one. */
export const VISITOR_PERIODS = ["never", "monthly", "daily"] as const;
export type VisitorPeriod = (typeof VISITOR_PERIODS)[number];

/** Limits of a number of days after which something is deleted. */
export const FEWEST_DAYS = 1;
export const MOST_DAYS = 100_000;
