import crypto, { type ScryptOptions } from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

/** A sixteenth of what better-auth has a password's hash cost. */
const COST = 1_024;

type Done = (error: Error | null, key: Buffer) => void;

const { scrypt } = crypto;

// A hash is made to cost a tenth of a second, and most tests sign somebody in. What they prove doesn't depend on it.
crypto.scrypt = ((password: string, salt: string, length: number, options: ScryptOptions, done: Done) =>
  scrypt(password, salt, length, { ...options, N: COST }, done)) as typeof crypto.scrypt;
syncBuiltinESMExports();
