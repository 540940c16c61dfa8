import { DAY } from "@/lib/base/time";

/**
 * Before which time clicks are deleted that are kept for some days: a midnight in UTC, since mirrors count whole days. So
 * a click is kept for at least that many days, and less than one more.
 */
export const clickLimit = (days: number, now: Date): Date =>
  new Date(Math.floor(now.getTime() / DAY) * DAY - days * DAY);

/** Before which receipt uncounted deliveries are deleted that are kept for some days. */
export const deliveryLimit = (days: number, now: Date): Date => new Date(now.getTime() - days * DAY);
