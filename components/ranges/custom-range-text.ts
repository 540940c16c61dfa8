/** Texts of the custom range and the time zone. Loaded in the browser, apart from the other texts of ranges. */
export const text = {
  zone: "Time zone",
  from: "From",
  to: "To",
  fromHour: "From hour",
  toHour: "To hour",
  withHours: "Set hours",
  showHours: "Apply hours",
  showDays: "Apply days",
} as const;
