/**
 * Advisory lock, held shared by every transaction that stores clicks from before its writes until its end. Sequence
 * numbers become visible out of order; with this lock held exclusively, all numbers assigned so far are visible.
 */
export const WRITE_LOCK = 7_041_776;

/** First key of the advisory locks for a link and click id; the second is a hash of both. */
export const PAIR_LOCKS = 7_041_777;
