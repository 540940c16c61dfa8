import type { Credentials } from "@/lib/account/owner";

export const OWNER: Credentials = { email: "owner@example.com", password: "a password of the owner" };

/** A POST to one of better-auth's routes, as JSON. */
export function authRequest(path: string, body: unknown, headers: HeadersInit = {}, host = "localhost:3000"): Request {
  return new Request(`http://${host}/api/auth${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", host, ...headers },
    body: JSON.stringify(body),
  });
}

/** The `Cookie` header that a browser would send after such an answer. */
export function cookieOf(setCookies: string[]): string {
  return setCookies.map((cookie) => cookie.replace(/;.*/s, "")).join("; ");
}
