import { createHmac } from "node:crypto";

/** Prefix of our cookies. All ports of a host share cookies; servers of one installation share the key. */
export function cookiePrefix(secretKey: string): string {
  return `footfall-${createHmac("sha256", secretKey).update("footfall cookie").digest("hex").slice(0, 8)}`;
}

/** Names of the session cookie: over plain HTTP, and when PUBLIC_URL is HTTPS. */
export function sessionCookies(secretKey: string): string[] {
  const name = `${cookiePrefix(secretKey)}.session_token`;
  return [name, `__Secure-${name}`];
}

/** The value of the first cookie in a request that has one of these names. */
export function cookieOf(headers: Headers, names: readonly string[]): string | null {
  const cookies = (headers.get("cookie") ?? "").split(";").map((cookie) => cookie.trim().split("=", 2));
  return cookies.find(([name = ""]) => names.includes(name))?.[1] ?? null;
}

/** The session id in a request's cookie, valid or not. */
export const sessionOf = (headers: Headers, secretKey: string): string | null =>
  cookieOf(headers, sessionCookies(secretKey));
