/** Days on which a week may start. Monday is meant where nothing is said. */
export const WEEK_STARTS = ["monday", "sunday", "saturday"] as const;
export type WeekStart = (typeof WEEK_STARTS)[number];

/** The name of the day. */
export const weekStartName = (day: WeekStart): string => day[0]?.toUpperCase() + day.slice(1);
