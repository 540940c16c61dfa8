import { createHmac } from "node:crypto";

/**
 * How names of cookies begin here. All ports of a host share its cookies, so the name tells installations apart; servers
 * of one installation have the same key.
 */
export function cookiePrefix(secretKey: string): string {
  return `footfall-${createHmac("sha256", secretKey).update("footfall cookie").digest("hex").slice(0, 8)}`;
}

/** Names of the session cookie: over plain HTTP, and when PUBLIC_URL is HTTPS. */
export function sessionCookies(secretKey: string): string[] {
  const name = `${cookiePrefix(secretKey)}.session_token`;
  return [name, `__Secure-${name}`];
}

/** The session that a request's cookie names, real or not. */
export function sessionOf(headers: Headers, secretKey: string): string | null {
  const names = sessionCookies(secretKey);
  const cookies = (headers.get("cookie") ?? "").split(";").map((cookie) => cookie.trim().split("=", 2));
  return cookies.find(([name = ""]) => names.includes(name))?.[1] ?? null;
}
