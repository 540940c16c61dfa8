/**
 * Advisory lock that every transaction which stores clicks holds, shared, from before it writes until it ends. Numbers
 * of a sequence become visible out of order; whoever holds this lock alone knows that all given so far are settled.
 */
export const WRITE_LOCK = 7_041_776;
