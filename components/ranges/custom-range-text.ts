/** What is said where days of one's own are chosen, and the zone: loaded in the browser, apart from the rest of ranges. */
export const text = {
  zone: "Time zone",
  from: "From",
  to: "To",
  fromHour: "From hour",
  toHour: "To hour",
  withHours: "With hours",
  showHours: "Show these hours",
  showDays: "Show these days",
} as const;
