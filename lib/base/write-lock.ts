/**
 * Advisory lock that every transaction which stores clicks holds, shared, from before it writes until it ends. Numbers
 * of a sequence become visible out of order; whoever holds this lock exclusively knows that all numbers given so far are visible.
 */
export const WRITE_LOCK = 7_041_776;

/** First number of the advisory locks that stand for a link and a click id; the second is a hash of the two. */
export const PAIR_LOCKS = 7_041_777;
