import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, expect, test } from "vitest";
import { EnvError, env, readEnv } from "@/lib/base/env";
import { addSecurityHeaders } from "@/lib/base/http/security-headers";
import { webhookUrl } from "@/lib/deliveries/webhook-url";

afterEach(() => {
  env().PUBLIC_URL = undefined;
});

test.each([
  "https://clicks.example.com/footfall",
  "https://example.com/a/b/",
  "https://clicks.example.com/?a=b",
  "https://clicks.example.com/#top",
  "https://user:password@clicks.example.com",
])("PUBLIC_URL=%s is refused: pages, scripts and redirects would lie elsewhere", (PUBLIC_URL) => {
  expect(() => readEnv({ PUBLIC_URL })).toThrow(EnvError);
  expect(() => readEnv({ PUBLIC_URL })).toThrow("PUBLIC_URL must be a URL without a path");
});

test.each([
  "clicks.example.com",
  "https://",
  "https://ex ample",
  "https://u:s3cr3t@h:99999",
  "https://h?",
  "https://h#",
])("PUBLIC_URL=%s is refused together with whatever else is wrong, and not quoted", (PUBLIC_URL) => {
  const read = () => readEnv({ PUBLIC_URL, ADMIN_PASSWORD: "short", PORT: "0x50" });
  for (const name of ["PUBLIC_URL", "ADMIN_PASSWORD", "ADMIN_EMAIL", "PORT"]) expect(read).toThrow(`${name} must`);
  expect(read).not.toThrow("s3cr3t");
});

test("a blank variable counts as unset, an empty list is none", () => {
  expect(readEnv({ WEBHOOK_ALLOW: " ", REPEAT_WINDOW_MINUTES: " ", METRICS_TOKEN: "  " })).toMatchObject({
    WEBHOOK_ALLOW: undefined,
    REPEAT_WINDOW_MINUTES: 60,
    METRICS_TOKEN: undefined,
  });
  expect(() => readEnv({ WEBHOOK_ALLOW: "," })).toThrow("WEBHOOK_ALLOW must name an address");
});

test("PUBLIC_URL may end in slashes", () => {
  expect(readEnv({ PUBLIC_URL: "https://clicks.example.com//" }).PUBLIC_URL).toBe("https://clicks.example.com");
});

test("TRUSTED_PROXIES has addresses and words; without it, this machine and private networks", () => {
  const trusts = (setting: string, address: string) =>
    readEnv({ TRUSTED_PROXIES: setting }).TRUSTED_PROXIES.has(address);
  expect([trusts("", "127.0.0.1"), trusts("", "192.168.1.2"), trusts("", "203.0.113.7")]).toEqual([true, true, false]);
  expect([trusts("loopback", "127.0.0.1"), trusts("loopback", "192.168.1.2")]).toEqual([true, false]);
  expect(trusts("203.0.113.0/24", "203.0.113.7")).toBe(true);
  expect(() => readEnv({ TRUSTED_PROXIES: "proxy.lan" })).toThrow('TRUSTED_PROXIES has "proxy.lan"');
});

const ALWAYS = [
  ...["X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy"],
  ...["Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"],
];

test("every response has the headers of security, and that of https where PUBLIC_URL has it", () => {
  const headers = new Map<string, string>();
  const response = { setHeader: (name: string, value: string) => headers.set(name, value) };
  const told = () => {
    headers.clear();
    expect(addSecurityHeaders({} as IncomingMessage, response as unknown as ServerResponse)).toBe(false);
    expect([...headers.keys()]).toEqual(expect.arrayContaining(ALWAYS));
    return [...headers].filter(([name]) => !ALWAYS.includes(name));
  };
  expect(told()).toEqual([]);
  env().PUBLIC_URL = "http://clicks.lan";
  expect(told()).toEqual([]);
  env().PUBLIC_URL = "https://clicks.example.com";
  expect(told()).toEqual([["Strict-Transport-Security", "max-age=31536000"]]);
});

test("the address for Dub is the one that people use", () => {
  const address = (headers: Record<string, string>) => webhookUrl(new Headers(headers));
  expect(address({ host: "localhost:3000" })).toBe("http://localhost:3000/api/webhooks/dub");
  const proxied = { host: "10.0.0.2:3000", "x-forwarded-host": "clicks.example.com", "x-forwarded-proto": "https" };
  expect(address(proxied)).toBe("https://clicks.example.com/api/webhooks/dub");
  env().PUBLIC_URL = "https://dub.example.com";
  expect(address(proxied)).toBe("https://dub.example.com/api/webhooks/dub");
});

test("the number of shards is a whole number with a default", () => {
  expect(readEnv({}).CITUS_SHARDS).toBe(32);
  expect(readEnv({ CITUS_SHARDS: " 8 " }).CITUS_SHARDS).toBe(8);
  for (const CITUS_SHARDS of ["0", "1025", "8.5", "many"])
    expect(() => readEnv({ CITUS_SHARDS })).toThrow("CITUS_SHARDS must be");
});
