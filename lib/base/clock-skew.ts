/** How far a sender's clock may be ahead: a click that is dated later by less than this happened now. In milliseconds. */
export const CLOCK_SKEW_MS = 5 * 60_000;
