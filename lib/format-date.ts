/** A calendar day in `zone`: "3 Nov 2026". */
export function date(instant: Date, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: zone }).format(instant);
}

/** A moment to the second in `zone`: "3 Nov 2026, 14:05:09". */
export function moment(instant: Date, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium", timeZone: zone }).format(instant);
}

/** The time of day to the second in `zone`: "14:05:09". */
export function clock(instant: Date, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: zone }).format(instant);
}

const UNITS = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
] as const;

/** A length of time, rounded down to its largest unit: "35 s", "12 min". */
export function duration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [unit, length] = UNITS.find(([, size]) => seconds >= size) ?? ["s", 1];
  return `${Math.floor(seconds / length)}\u00A0${unit}`;
}

/** A moment to the minute in `zone`: "3 Nov 2026, 14:05". */
export function minute(instant: Date, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: zone }).format(instant);
}
