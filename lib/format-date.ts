/** A calendar day in `zone`: "3 Nov 2026". */
export function date(instant: Date, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: zone }).format(instant);
}

/** A moment to the second in `zone`: "3 Nov 2026, 14:05:09". */
export function moment(instant: Date, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium", timeZone: zone }).format(instant);
}

/** A moment to the minute in `zone`: "3 Nov 2026, 14:05". */
export function minute(instant: Date, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: zone }).format(instant);
}
