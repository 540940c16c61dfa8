import { createHash, randomBytes } from "node:crypto";

/** A text that nobody guesses: 256 random bits. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** What is stored instead of a token or key: SHA-256 suffices for random text. */
export const tokenHash = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(token).digest());

/** Whether a text may be a token. Others aren't looked up: the database refuses some characters. */
export const isToken = (text: string): boolean => /^[\w-]{43}$/.test(text);
