const UNITS = [
  ["d", 24 * 60 * 60_000],
  ["h", 60 * 60_000],
  ["min", 60_000],
] as const;

/** A length of time in its two largest units, rounded down: "2 d 4 h", "3 h", "12 min". Below a minute "under 1 min". */
export function duration(ms: number): string {
  const at = UNITS.findIndex(([, length]) => ms >= length);
  if (at < 0) return "under 1\u00A0min";
  let left = ms;
  const parts = UNITS.slice(at, at + 2).flatMap(([unit, length]) => {
    const whole = Math.floor(left / length);
    left -= whole * length;
    return whole > 0 ? `${whole}\u00A0${unit}` : [];
  });
  return parts.join(" ");
}
