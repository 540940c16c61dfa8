import { unstable_doesMiddlewareMatch } from "next/experimental/testing/server";
import { NextRequest } from "next/server";
import { describe, expect, test } from "vitest";
import { withReaderDefaults } from "@/lib/account/reader-defaults";
import { sessionCookies } from "@/lib/account/session-cookie";
import { config, proxy } from "@/proxy";

const ORIGIN = "http://localhost:3000";
const [NAME = "", SECURE_NAME = ""] = sessionCookies(process.env.SECRET_KEY ?? "");
const SESSION = `${NAME}=anything`;

async function visit(path: string, { cookie = "", ...init }: { cookie?: string; method?: string } = {}) {
  const headers = new Headers(cookie ? { cookie } : {});
  const response = await proxy(new NextRequest(new URL(path, ORIGIN), { ...init, headers }));
  return {
    status: response.status,
    to: response.headers.get("location")?.replace(ORIGIN, "") ?? null,
    path: response.headers.get("x-middleware-request-x-footfall-path"),
  };
}

test("without a session cookie a page leads to the sign-in, which comes back to it", async () => {
  expect(await visit("/links?country=DE")).toEqual({
    status: 307,
    to: "/login?next=%2Flinks%3Fcountry%3DDE",
    path: null,
  });
  expect(await visit("/")).toEqual({ status: 307, to: "/login", path: null });
});

test("with a session cookie, of either name, the page is told its own path and query", async () => {
  const expected = { status: 200, to: null, path: "/links/link_1?country=DE" };
  expect(await visit("/links/link_1?country=DE", { cookie: SESSION })).toEqual(expected);
  expect(await visit("/links/link_1?country=DE", { cookie: `${SECURE_NAME}=anything` })).toEqual(expected);
});

test("a path that the visitor made up in a header is overwritten", async () => {
  const headers = { cookie: SESSION, "x-footfall-path": "//evil.com" };
  const response = await proxy(new NextRequest(new URL("/links", ORIGIN), { headers }));
  expect(response.headers.get("x-middleware-request-x-footfall-path")).toBe("/links");
});

test("what another installation on this host left in the browser is no session", async () => {
  const [other = ""] = sessionCookies("another key of at least 32 characters");
  expect((await visit("/", { cookie: `${other}=anything` })).to).toBe("/login");
});

test("what is not asked for with GET is passed on", async () => {
  expect(await visit("/links", { method: "POST" })).toEqual({ status: 200, to: null, path: "/links" });
});

describe("the reader's week and the installation's view of bots go into the address", () => {
  const defaults = { zone: "Europe/Berlin", weekStart: "sunday", bots: "exclude" };

  test.each([
    ["/", "/?timezone=Europe%2FBerlin&weekStart=sunday&bots=exclude"],
    ["/links?timezone=UTC", "/links?timezone=UTC&weekStart=sunday&bots=exclude"],
    ["/links?timezone=UTC&weekStart=saturday", "/links?timezone=UTC&weekStart=saturday&bots=exclude"],
    ["/events?bots=only", "/events?bots=only&timezone=Europe%2FBerlin&weekStart=sunday"],
    // Pages that only show times.
    ["/deliveries?outcome=late", "/deliveries?outcome=late&timezone=Europe%2FBerlin"],
    ["/health", "/health?timezone=Europe%2FBerlin"],
  ])("%s", (path, to) => {
    expect(withReaderDefaults(path, defaults)).toBe(to);
  });

  test("but not where the address says it, on pages without times, or when it is what no word means", () => {
    expect(withReaderDefaults("/?bots=include&timezone=UTC&weekStart=monday", defaults)).toBeNull();
    expect(withReaderDefaults("/?bots=exclude&timezone=Europe/Berlin", defaults)).toBeNull();
    expect(withReaderDefaults("/no-such-page", defaults)).toBeNull();
    expect(withReaderDefaults("/deliveries?timezone=UTC", defaults)).toBeNull();
    expect(withReaderDefaults("/", { zone: "UTC", weekStart: "monday", bots: "include" })).toBeNull();
    expect(withReaderDefaults("/", { zone: "UTC", weekStart: "friday", bots: "include" })).toBeNull();
    expect(withReaderDefaults("/", { zone: undefined, weekStart: null, bots: null })).toBeNull();
  });
});

describe("the reader's zone goes into the address", () => {
  const berlin = { cookie: `${SESSION}; footfall-zone=Europe%2FBerlin` };

  test.each([
    ["/", "/?timezone=Europe%2FBerlin"],
    ["/?country=DE,FR&q=a%20b", "/?country=DE,FR&q=a%20b&timezone=Europe%2FBerlin"],
    ["/links", "/links?timezone=Europe%2FBerlin"],
    ["/events?click=7", "/events?click=7&timezone=Europe%2FBerlin"],
    ["/links/link_1?interval=7d", "/links/link_1?interval=7d&timezone=Europe%2FBerlin"],
    ["/compare?linkId=a,b", "/compare?linkId=a,b&timezone=Europe%2FBerlin"],
  ])("%s", async (path, to) => {
    expect(await visit(path, berlin)).toEqual({ status: 307, to, path: null });
  });

  test.each(["/?timezone=Asia%2FTokyo", "/?timezone=", "/linksy"])("but %s stays as it is", async (path) => {
    expect(await visit(path, berlin)).toEqual({ status: 200, to: null, path });
  });

  test.each([
    "UTC",
    "Mars%2FBase",
    "%2B02%3A00",
    "",
    "%00",
    "x".repeat(5000),
    "Europe%2FBerlin%0d%0aX%3A%201",
    "%E0%A4",
  ])("and a cookie that says %j is ignored", async (zone) => {
    const cookie = `${SESSION}; footfall-zone=${zone}`;
    expect(await visit("/", { cookie })).toEqual({ status: 200, to: null, path: "/" });
  });
});

test("the entrance is open", async () => {
  for (const path of ["/login?next=%2Flinks", "/setup?token=x"])
    expect(await visit(path)).toEqual({ status: 200, to: null, path });
});

test("routes, assets and prefetches are left alone; pages are not", () => {
  const runs = (url: string) => unstable_doesMiddlewareMatch({ config, nextConfig: {}, url });
  const alone = [
    "/api",
    "/api/health",
    "/api/webhooks/dub",
    "/mcp",
    "/.well-known/oauth-protected-resource",
    "/_next/static/chunks/a.js",
    "/flags/DE.svg",
    "/icons/chrome.svg",
    "/icon.svg",
    "/favicon.ico",
  ];
  expect(alone.filter(runs)).toEqual([]);
  expect(
    unstable_doesMiddlewareMatch({ config, nextConfig: {}, url: "/", headers: { "next-router-prefetch": "1" } }),
  ).toBe(false);
  const pages = [
    "/",
    "/links",
    "/links/a.b",
    "/deliveries",
    "/login",
    "/loginx",
    "/setup?token=x",
    "/apis",
    "/mcps",
    "/?timezone=UTC",
  ];
  expect(pages.filter(runs)).toEqual(pages);
});

test("every page has a policy with a nonce of its own, which Next is told", async () => {
  const paths = ["/", "/login", "/setup"];
  const visits = await Promise.all(
    paths.map((path) => proxy(new NextRequest(new URL(path, ORIGIN), { headers: { cookie: SESSION } }))),
  );
  const nonces = visits.map(({ headers }) => {
    const policy = headers.get("content-security-policy");
    const nonce = /script-src 'self' 'nonce-([\w+/=]{20,})' 'strict-dynamic';/.exec(policy ?? "")?.[1];
    expect(nonce).toBeDefined();
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers.get("x-middleware-request-content-security-policy")).toBe(policy);
    return nonce;
  });
  expect(new Set(nonces).size).toBe(visits.length);
});
