import { dateFormat, numberFormat } from "@/lib/base/locale";

const styled = (options: Intl.DateTimeFormatOptions) => (instant: Date, zone: string) =>
  dateFormat(options, zone).format(instant);

/** A calendar day in `zone`: "3 Nov 2026". */
export const date = styled({ dateStyle: "medium" });

/** A time of day to the second in `zone`: "14:05:09". */
export const timeOfDay = styled({ timeStyle: "medium" });

/** A moment to the second in `zone`: "3 Nov 2026, 14:05:09". */
export const moment = styled({ dateStyle: "medium", timeStyle: "medium" });

/** A moment to the minute in `zone`: "3 Nov 2026, 14:05". */
export const minute = styled({ dateStyle: "medium", timeStyle: "short" });

const TENTHS = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

const UNITS = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** A length of time in its two largest units, rounded down: "0.4 s", "12 s", "3 min 5 s", "2 h 14 min", "4 d 3 h". */
export function duration(ms: number): string {
  // Clocks of two machines: what arrives may have been sent in the future.
  if (ms < 0) return `\u2212${duration(-ms)}`;
  if (ms < 9_950) return `${numberFormat(TENTHS).format(ms / 1_000)}\u00A0s`;
  let rest = Math.floor(ms / 1_000);
  const parts = UNITS.flatMap(([unit, seconds]) => {
    const amount = Math.floor(rest / seconds);
    rest -= amount * seconds;
    return { unit, amount };
  });
  const first = parts.findIndex(({ amount }) => amount > 0);
  return parts
    .slice(first, first + 2)
    .filter(({ amount }) => amount > 0)
    .map(({ unit, amount }) => `${amount}\u00A0${unit}`)
    .join(" ");
}
