import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, test, vi } from "vitest";
import { readEnv } from "@/lib/base/env";

vi.hoisted(() => {
  process.env.SIGN_IN_HEADER = "X-Auth-Email";
  process.env.SIGN_IN_PROXIES = "192.0.2.1, 2001:db8::/32";
});

const { proxyName, readProxySignIn } = await import("@/lib/base/http/proxy-sign-in");

type Sent = Record<string, string | string[] | undefined>;

/** The headers of a request after the middleware. */
function after(remoteAddress: string | undefined, sent: Sent): Sent {
  const headers = { ...sent };
  const request = { headers, socket: { remoteAddress } } as unknown as IncomingMessage;
  expect(readProxySignIn(request, {} as ServerResponse)).toBe(false);
  return headers;
}

const EMAIL = "anna@example.com";

test.each([
  ["192.0.2.1", EMAIL],
  ["::ffff:192.0.2.1", EMAIL],
  ["2001:db8::7", EMAIL],
  ["192.0.2.2", null],
  ["127.0.0.1", null],
  [undefined, null],
])("the header is believed from the named proxies only: from %s it names %j", (peer, name) => {
  const headers = after(peer, { "x-auth-email": ` ${EMAIL} `, cookie: "a=b" });
  expect(proxyName(new Headers(headers as Record<string, string>))).toBe(name);
  expect(headers["x-auth-email"]).toBeUndefined();
  expect(headers.cookie).toBe("a=b");
});

test("nobody else sets our own header, and an empty or repeated one names nobody", () => {
  const headers = { "x-footfall-email": "owner@example.com" };
  expect(after("192.0.2.1", headers)).toEqual({});
  expect(after("203.0.113.9", headers)).toEqual({});
  expect(after("192.0.2.1", { ...headers, "x-auth-email": " " })).toEqual({});
  expect(after("192.0.2.1", { "x-auth-email": [EMAIL, "owner@example.com"] })).toEqual({});
});

const settings = { SIGN_IN_HEADER: "X-Auth-Email", SIGN_IN_PROXIES: "loopback" };

test.each([
  [{ SIGN_IN_HEADER: "X-Auth-Email" }, "SIGN_IN_PROXIES must be set together with SIGN_IN_HEADER"],
  [{ SIGN_IN_PROXIES: "loopback" }, "SIGN_IN_HEADER must be set together with SIGN_IN_PROXIES"],
  [{ SIGN_IN_ROLE: "viewer" }, "SIGN_IN_HEADER must be set together with SIGN_IN_ROLE"],
  [{ ...settings, SIGN_IN_ROLE: "owner" }, "SIGN_IN_ROLE must be admin, member or viewer"],
  [{ ...settings, SIGN_IN_HEADER: "Cookie" }, "SIGN_IN_HEADER must be the name of a header"],
  [{ ...settings, SIGN_IN_HEADER: "X-Forwarded-For" }, "SIGN_IN_HEADER must not be a header that means something else"],
  [{ ...settings, SIGN_IN_HEADER: "X-Footfall-Email" }, "SIGN_IN_HEADER must not be a header"],
  [{ ...settings, SIGN_IN_PROXIES: "everybody" }, "SIGN_IN_PROXIES has"],
])("%j is no way to sign in", (variables, problem) => {
  expect(() => readEnv(variables)).toThrow(problem);
});
