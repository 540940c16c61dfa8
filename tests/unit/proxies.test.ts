import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { readAddressList } from "@/lib/base/addresses";
import { clientAddress, trustProxies } from "@/lib/base/http/proxies";

/** What is left of forwarding headers for a request that came from `peer`. */
function believed(peer: string, headers: IncomingHttpHeaders) {
  const request = { headers: { ...headers }, socket: { remoteAddress: peer } } as unknown as IncomingMessage;
  expect(trustProxies(request, {} as ServerResponse)).toBe(false);
  const {
    "x-forwarded-for": address,
    "x-forwarded-host": host,
    "x-forwarded-proto": scheme,
    ...rest
  } = request.headers;
  expect(rest).not.toHaveProperty("forwarded");
  return [address, scheme, host];
}

test.each<[peer: string, forwarded: string, client: string | null]>([
  // One proxy on this machine.
  ["127.0.0.1", "203.0.113.7", "203.0.113.7"],
  ["::ffff:127.0.0.1", "203.0.113.7:51234", "203.0.113.7"],
  ["::1", "[2001:db8::5]:443", "2001:db8::5"],
  // What the client made up stands before what the proxy saw.
  ["127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"],
  ["127.0.0.1", "127.0.0.1, 203.0.113.7", "203.0.113.7"],
  // Two proxies.
  ["127.0.0.1", "203.0.113.7, 10.0.0.2", "203.0.113.7"],
  ["127.0.0.1", "198.51.100.1, 203.0.113.7, 10.0.0.2", "203.0.113.7"],
  // Nobody's proxy.
  ["203.0.113.9", "198.51.100.1", "203.0.113.9"],
  // A colleague behind the proxy.
  ["127.0.0.1", "10.0.0.7", "10.0.0.7"],
  ["127.0.0.1", "unknown", null],
  ["127.0.0.1", "", "127.0.0.1"],
])("a request from %s that says %j is of %s", (peer, forwarded, client) => {
  const list = forwarded.split(",").map((entry) => entry.trim());
  const trusted = readAddressList("loopback, private");
  expect(clientAddress(peer, list.filter(Boolean), trusted)).toBe(client);
  expect(believed(peer, { "x-forwarded-for": forwarded })[0]).toBe(client ?? "unknown");
});

test("host and scheme are those of a trusted proxy, or nobody's", () => {
  const headers = { "x-forwarded-host": "clicks.example.com, inner", "x-forwarded-proto": "HTTPS,http" };
  expect(believed("10.1.2.3", headers)).toEqual(["10.1.2.3", "https", "clicks.example.com"]);
  expect(believed("203.0.113.9", headers)).toEqual(["203.0.113.9", "http", undefined]);
  expect(believed("10.1.2.3", { "x-forwarded-proto": "ftp" })).toEqual(["10.1.2.3", "http", undefined]);
});

test("the header Forwarded says the same, and gives way to the others", () => {
  const forwarded = 'for=198.51.100.1;proto=http, For="[2001:db8::5]:443";host=clicks.example.com;proto=https';
  expect(believed("127.0.0.1", { forwarded })).toEqual(["2001:db8::5", "http", "clicks.example.com"]);
  expect(believed("127.0.0.1", { forwarded, "x-forwarded-for": "203.0.113.7" })[0]).toBe("203.0.113.7");
});
