import "server-only";
import type { IncomingMessage } from "node:http";
import { type AddressList, readAddress } from "@/lib/base/addresses";
import { env } from "@/lib/base/env";
import type { Middleware } from "@/lib/base/http/middleware";

/** One parameter of a `Forwarded` header. */
const FORWARDED = /(?:^|[;,\s])(for|host|proto)\s*=\s*("[^"]*"|[^;,\s]+)/gi;

/** All values of a header in order, over all its lines. */
const listOf = (header: string | string[] | undefined): string[] =>
  [header ?? []].flat().flatMap((line) =>
    line
      .split(",")
      .map((entry) => entry.trim())
      .filter(Boolean),
  );

type Told = { addresses: string[]; host: string | undefined; scheme: string | undefined };

/** What proxies say about a request. `X-Forwarded-*` takes precedence over the rarer `Forwarded`. */
function told({ headers }: IncomingMessage): Told {
  const known = [...[headers.forwarded ?? []].flat().join().matchAll(FORWARDED)].map(([, name = "", value = ""]) => ({
    name: name.toLowerCase(),
    value: value.replaceAll('"', ""),
  }));
  const all = (name: string) => known.filter((entry) => entry.name === name).map(({ value }) => value);
  const header = (name: string, other: string) =>
    headers[`x-forwarded-${name}`] === undefined ? all(other) : listOf(headers[`x-forwarded-${name}`]);
  return {
    addresses: header("for", "for"),
    host: header("host", "host")[0],
    scheme: header("proto", "proto")[0]?.toLowerCase(),
  };
}

/**
 * The client's address: the last address of the forwarding chain that isn't a trusted proxy. Entries before it may be
 * forged. Null when a trusted proxy names something that isn't an address.
 */
export function clientAddress(peer: string | null, forwarded: readonly string[], trusted: AddressList): string | null {
  let client = peer && readAddress(peer);
  for (const entry of forwarded.toReversed()) {
    if (!trusted.has(client)) break;
    client = readAddress(entry);
  }
  return client;
}

/**
 * Replaces the forwarding headers by trustworthy values for all later readers: `X-Forwarded-For` is the client's
 * address, host and scheme come from a trusted proxy or are removed.
 */
export const trustProxies: Middleware = (request) => {
  const { TRUSTED_PROXIES } = env();
  const { headers, socket } = request;
  const peer = socket.remoteAddress ?? null;
  const { addresses, host, scheme } = told(request);
  const isProxy = TRUSTED_PROXIES.has(peer && readAddress(peer));
  const set = (name: string, value: string | null | undefined) => {
    if (value) headers[name] = value;
    else delete headers[name];
  };
  set("x-forwarded-for", clientAddress(peer, addresses, TRUSTED_PROXIES) ?? "unknown");
  set("x-forwarded-host", isProxy ? host : null);
  set("x-forwarded-proto", isProxy && (scheme === "https" || scheme === "http") ? scheme : "http");
  delete headers.forwarded;
  delete headers["x-forwarded-port"];
  return false;
};
